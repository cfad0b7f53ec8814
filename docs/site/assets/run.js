// Draws the pipeline: what each part made of the value, or why it refused it.
(async () => {
    const element = id => document.getElementById(id);
    if (location.protocol === "file:") {
        element("run-problem").textContent = "A page from the file system may not load the program. Serve the site: ./course site --serve";
        return;
    }
    const { evaluateJson } = await import(new URL(`${document.body.dataset.root}assets/pipeline/index.mjs`, location.href));

    const resultsOf = ({ input, processed, valid, transformed, analysis }) => ({
        input, process: processed?.value, validate: processed && (valid ? "valid" : "not valid"), transform: transformed?.transformed, analyze: analysis,
    });

    function draw(outcome) {
        const results = resultsOf(outcome);
        let refused = false;
        document.querySelectorAll("[data-stage]").forEach(stage => {
            const result = results[stage.dataset.stage];
            const missing = result === undefined;
            stage.className = missing ? (refused ? "missing" : "refused") : "done";
            stage.querySelector("output").textContent = missing ? (refused ? "–" : outcome.error) : result;
            refused ||= missing;
        });
    }

    // As step 03's pipeline prints it.
    function textOf({ input, processed, valid, transformed, analysis, error }) {
        const lines = ["--- Processing Pipeline ---", `Input value: ${input}`];
        if (processed) {
            lines.push(`Component1 result: ProcessResult { value: ${processed.value}, processed: ${processed.processed} }, Valid: ${valid}`);
        }
        if (transformed) {
            lines.push(`Component2 result: TransformResult { original: ${transformed.original}, transformed: "${transformed.transformed}" }`, analysis);
        }
        if (error) {
            lines.push(`${processed ? "Component2" : "Component1"} error: ${error}`);
        }
        return [...lines, "", "Execution complete", ""].join("\n");
    }

    function answer() {
        element("run-problem").textContent = "";
        try {
            const json = evaluateJson(element("run-value").value.trim());
            element("run-json").textContent = json;
            element("run-text").textContent = textOf(JSON.parse(json));
            draw(JSON.parse(json));
        } catch (error) {
            element("run-problem").textContent = error.message;
            element("run-json").textContent = element("run-text").textContent = "";
            document.querySelectorAll("[data-stage]").forEach(stage => {
                stage.className = "missing";
                stage.querySelector("output").textContent = "–";
            });
        }
    }

    element("run-form").addEventListener("submit", event => event.preventDefault());
    element("run-value").addEventListener("input", answer);
    document.querySelectorAll("[data-value]").forEach(button => button.addEventListener("click", () => {
        element("run-value").value = button.dataset.value;
        answer();
    }));
    answer();
    document.body.dataset.ready = "yes";
})();
