using System.Globalization;
using System.Text;

namespace Amazon.CodeDeploy.Tests.Server;

/// <summary>What the server does with one request.</summary>
internal abstract record Answer
{
    private Answer() { }

    public static Answer Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        new Http(status, body, [("Content-Type", "application/x-amz-json-1.1"), .. headers]);

    public static Answer Html(int status) => new Http(status, "<html><body>Oops</body></html>", [("Content-Type", "text/html")]);

    public static Answer Empty(int status = 200, params (string Name, string Value)[] headers) => new Http(status, "", headers);

    public static Answer Error(string code, int status = 400) => Json($$"""{"__type":"{{code}}","message":"Because."}""", status);

    /// <summary>The connection is closed without a word.</summary>
    public sealed record Dropped : Answer;

    /// <summary>The connection stays open and nothing comes.</summary>
    public sealed record Silence : Answer;

    public sealed record Http(int Status, string Body, params (string Name, string Value)[] Headers) : Answer
    {
        public byte[] ToBytes()
        {
            var body = Encoding.UTF8.GetBytes(Body);
            var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Whatever\r\nContent-Length: {body.Length}\r\n");
            foreach (var (name, value) in Headers)
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
        }
    }
}
