using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>What a request says of its own signature, in the Authorization header or, presigned, in its query.</summary>
/// <param name="Lifetime">How long a presigned request may be used; null for a header.</param>
public sealed partial record SignatureClaim(
    string AccessKeyId, Scope Scope, IReadOnlyList<string> SignedHeaders, string Signature, string Timestamp, string? SessionToken, TimeSpan? Lifetime)
{
    public DateTimeOffset Time =>
        DateTimeOffset.ParseExact(Timestamp, SignatureV4.TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Null when the request carries no signature.</summary>
    /// <exception cref="FormatException">It carries one that cannot be read; the message is AWS's.</exception>
    public static SignatureClaim? Read(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(SignatureV4.Algorithm, StringComparison.Ordinal))
            return FromHeader(authorization, request);
        return request.Query["X-Amz-Algorithm"] == SignatureV4.Algorithm ? FromQuery(request) : null;
    }

    /// <summary>The service that the request is signed for, if it is signed; for routing, so it does not complain.</summary>
    public static string? ServiceOf(HttpRequest request)
    {
        var header = CredentialPart().Match(request.Headers.Authorization.ToString());
        var credential = header.Success ? header.Groups[1].Value : request.Query["X-Amz-Credential"].ToString();
        return credential.Split('/') is [_, _, _, var service, _] ? service : null;
    }

    /// <summary>The parts that the signature covers, from the request as it came over the wire.</summary>
    public SignedParts PartsOf(HttpContext http, string payloadHash)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?') is >= 0 and var mark ? target[mark..] : "";
        return new SignedParts(
            http.Request.Method,
            target[..^query.Length],
            Pairs(query).Where(pair => pair.Key != "X-Amz-Signature"),
            SignedHeaders.Select(name => KeyValuePair.Create(name, http.Request.Headers[name].ToString())),
            payloadHash);
    }

    /// <summary>A plus sign stays one: in the query that AWS signs, a space is %20.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Pairs(string query)
    {
        foreach (var pair in new QueryStringEnumerable(query.Replace("+", "%2B", StringComparison.Ordinal)))
            yield return KeyValuePair.Create(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
    }

    private static SignatureClaim FromHeader(string authorization, HttpRequest request)
    {
        var parts = authorization[SignatureV4.Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0], part => part[1]);
        string Part(string name) => parts[name].FirstOrDefault()
            ?? throw new FormatException($"Authorization header requires '{name}' parameter. Authorization={SignatureV4.Algorithm}");

        var timestamp = request.Headers["X-Amz-Date"].ToString();
        if (timestamp.Length == 0)
            throw new FormatException(
                $"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization={SignatureV4.Algorithm}");
        return Create(Part("Credential"), Part("SignedHeaders"), Part("Signature"), timestamp, request.Headers["X-Amz-Security-Token"].FirstOrDefault(), null);
    }

    private static SignatureClaim FromQuery(HttpRequest request)
    {
        string Part(string name) => request.Query[name].FirstOrDefault()
            ?? throw new FormatException(
                "AWS query-string parameters must include X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date and X-Amz-SignedHeaders.");

        var lifetime = int.TryParse(request.Query["X-Amz-Expires"], out var seconds) && seconds is >= 0 and <= 604_800
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException("X-Amz-Expires must be a number of seconds of at most a week (604800).");
        var token = request.Query["X-Amz-Security-Token"].FirstOrDefault();
        return Create(Part("X-Amz-Credential"), Part("X-Amz-SignedHeaders"), Part("X-Amz-Signature"), Part("X-Amz-Date"), token, lifetime);
    }

    private static SignatureClaim Create(string credential, string headers, string signature, string timestamp, string? token, TimeSpan? lifetime)
    {
        if (credential.Split('/') is not [var id, var date, var region, var service, "aws4_request"])
            throw new FormatException($"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'");
        if (!DateTimeOffset.TryParseExact(timestamp, SignatureV4.TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            throw new FormatException($"Date must be in ISO-8601 'basic format'. Got '{timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601");
        if (!timestamp.StartsWith(date, StringComparison.Ordinal))
            throw new FormatException(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                + $"'{date}' != '{timestamp[..8]}', from '{timestamp}'.");
        return new SignatureClaim(id, new Scope(date, region, service), headers.Split(';'), signature, timestamp, token, lifetime);
    }

    [GeneratedRegex(@"^AWS4-HMAC-SHA256\b.*\bCredential=([^,\s]+)")]
    private static partial Regex CredentialPart();
}
