// function1 in JavaScript, on the vendor's own runtime client.
export const handler = async (event) => {
  if (2 * event.input > 2147483647) {
    throw new RangeError(`2 x ${event.input} does not fit a 32-bit integer`);
  }
  return { value: 2 * event.input, processed: true };
};
