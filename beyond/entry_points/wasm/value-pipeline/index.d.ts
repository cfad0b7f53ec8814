export interface ProcessResult {
    value: number;
    processed: boolean;
}

export interface TransformResult {
    original: number;
    transformed: string;
}

export interface Outcome {
    input: number;
    processed: ProcessResult;
    valid: boolean;
    transformed: TransformResult;
    analysis: string;
}

/** What a refused value has: the results up to the component that refused it, and its reason. */
export interface RefusedOutcome extends Partial<Outcome> {
    input: number;
    error: string;
}

/** A component refused the value. */
export class DomainError extends Error {
    constructor(outcome: RefusedOutcome);
    readonly outcome: RefusedOutcome;
}

/** Throws a DomainError if a component refuses the value, a RangeError if it is no 32-bit integer. */
export function evaluate(value: number | string): Outcome;

/** The outcome as JSON, a refused value's too. Throws a RangeError if it is no 32-bit integer. */
export function evaluateJson(value: number | string): string;
