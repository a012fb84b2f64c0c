using System.Text;
using System.Text.Json.Nodes;
using Amazon.CodeDeploy.Surface;

// Our client, for tests/foreign/client to question: one JSON object a line in, one a line out.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var questions = new StreamReader(Console.OpenStandardInput(), utf8);
await using var answers = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };

using var client = new Questioned();
while (await questions.ReadLineAsync() is { } line)
    await answers.WriteLineAsync((await client.AnswerAsync(JsonNode.Parse(line)!.AsObject())).ToJsonString());
