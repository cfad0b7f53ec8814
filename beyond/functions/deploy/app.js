// The two functions as the cloud would have them. `npm test` looks at the template; nothing is deployed here.
import { App, Duration, Stack } from "aws-cdk-lib";
import { Architecture, Code, Function as CloudFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { fileURLToPath } from "node:url";

const zips = fileURLToPath(new URL("../5_one_command/build/arm64/zips/", import.meta.url));

export class Functions extends Stack {
  constructor(scope, id, folder = zips) {
    super(scope, id);
    for (const name of ["function1", "function2"]) {
      new CloudFunction(this, name, {
        functionName: name,
        runtime: Runtime.PROVIDED_AL2023, // an operating system, and no more: bootstrap is static
        architecture: Architecture.ARM_64,
        handler: "bootstrap", // must be something; our runtime does not look at it
        code: Code.fromAsset(`${folder}/${name}.zip`),
        memorySize: 128, // MB, the least there is
        timeout: Duration.seconds(3),
      });
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const app = new App();
  new Functions(app, "Functions");
  app.synth();
}
