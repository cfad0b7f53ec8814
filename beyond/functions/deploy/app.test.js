// The template that the app makes, without a cloud.
import assert from "node:assert";
import { readFileSync, existsSync } from "node:fs";
import { test } from "node:test";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Functions } from "./app.js";

const app = new App({ analyticsReporting: false });
const stack = new Functions(app, "Functions", process.env.FUNCTIONS_ZIPS);
const template = Template.fromStack(stack);

test("two functions, alike but for the name", () => {
  template.resourceCountIs("AWS::Lambda::Function", 2);
  for (const name of ["function1", "function2"]) {
    template.hasResourceProperties("AWS::Lambda::Function", {
      FunctionName: name,
      Runtime: "provided.al2023",
      Architectures: ["arm64"],
      MemorySize: 128,
      Timeout: 3,
    });
  }
});

test("the zips are the assets", () => {
  const assembly = app.synth();
  const [manifest] = assembly.artifacts.filter((artifact) => artifact.file?.endsWith("assets.json"));
  const zips = Object.values(JSON.parse(readFileSync(manifest.file)).files)
    .filter((file) => file.source.path.endsWith(".zip"));
  assert.equal(zips.length, 2);
  for (const zip of zips) {
    assert.equal(zip.source.packaging, "file");
    assert.ok(existsSync(`${assembly.directory}/${zip.source.path}`));
  }
});

test("no function may do more than write its log", () => {
  template.resourceCountIs("AWS::IAM::Role", 2);
  template.resourceCountIs("AWS::IAM::Policy", 0);
});
