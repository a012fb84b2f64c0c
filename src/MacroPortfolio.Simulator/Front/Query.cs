using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace MacroPortfolio.Simulator.Front;

/// <summary>The parameters of a request in AWS's query protocol: a form, or for a presigned request the query string.</summary>
public sealed class Query
{
    private static readonly string[] Secrets = ["WebIdentityToken", "SAMLAssertion", "TokenCode"];
    private readonly Dictionary<string, StringValues> _values;

    private Query(Dictionary<string, StringValues> values) => _values = values;

    public static Query Read(HttpRequest request, byte[] body)
    {
        var isForm = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        return new Query(isForm ? QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)) : request.Query.ToDictionary());
    }

    /// <summary>A request that a service makes of another one in its caller's name.</summary>
    public static Query Of(string action, IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.Append(KeyValuePair.Create("Action", action)).ToDictionary(value => value.Key, value => new StringValues(value.Value)));

    /// <summary>Null when it is not given.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) ? value.ToString() : null;

    public string Action => this["Action"] ?? "";

    public string Version => this["Version"] ?? "";

    /// <summary>The members of a list, <c>Name.1</c>, <c>Name.2</c>, ... (<paramref name="infix"/> is <c>.member</c> in some services).</summary>
    /// <param name="field">Of what members that have several: <c>.Key</c>.</param>
    public IReadOnlyList<string> List(string name, string infix = "", string field = "") =>
        [.. Enumerable.Range(1, _values.Count).Select(index => this[$"{name}{infix}.{index}{field}"]).TakeWhile(value => value is not null)!];

    public JsonNode WithoutSecrets() => new JsonObject(_values
        .Where(entry => entry.Key is not ("Action" or "Version") && !entry.Key.StartsWith("X-Amz-", StringComparison.Ordinal) && !Secrets.Contains(entry.Key))
        .Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value.ToString())));
}

/// <summary>Answers of the query protocol.</summary>
public static class QueryAnswer
{
    public static async Task WriteAsync(HttpContext http, int status, XElement content, CancellationToken ct)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/xml";
        await http.Response.WriteAsync(content.ToString(SaveOptions.DisableFormatting), ct);
    }

    /// <summary>The element and all in it, in the namespace.</summary>
    public static XElement In(XNamespace xmlns, XElement content)
    {
        foreach (var element in content.DescendantsAndSelf())
            element.Name = xmlns + element.Name.LocalName;
        return content;
    }
}
