// Draws the pipeline: each stage with its result, or with the reason why it refused the value.

import {evaluateJson} from "./value-pipeline/index.mjs";

const form = document.querySelector("form");

// tag::stages[]
function stagesOf(outcome) {
    const {processed, valid, transformed, analysis} = outcome;
    return [
        ["input", outcome.input],
        ["process", processed?.value],
        ["validate", processed && (valid ? "valid" : "not valid")],
        ["transform", transformed?.transformed],
        ["analyze", analysis],
    ];
}
// end::stages[]

function draw(outcome) {
    const stages = stagesOf(outcome);
    const refused = stages.findIndex(([, result]) => result === undefined);
    document.querySelector("#pipeline").replaceChildren(...stages.map(([name, result], index) => {
        const stage = document.createElement("li");
        const title = document.createElement("b");
        title.textContent = name;
        stage.className = result !== undefined ? "done" : index === refused ? "refused" : "missing";
        stage.append(title, result ?? (index === refused ? outcome.error : "–"));
        return stage;
    }));
}

function answer() {
    form.problem.value = "";
    try {
        const json = evaluateJson(form.value.value.trim());
        document.querySelector("#json").textContent = json;
        draw(JSON.parse(json));
    } catch (error) {
        form.problem.value = error.message;
    }
}

const asked = new URLSearchParams(location.search).get("value");
if (asked !== null) {
    form.value.value = asked;
}
form.addEventListener("input", answer);
form.addEventListener("submit", event => event.preventDefault());
answer();
