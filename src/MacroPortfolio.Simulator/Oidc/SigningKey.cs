using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Oidc;

/// <summary>The issuer's key: signs tokens (RS256), verifies them, and shows its public half as a JSON Web Key.</summary>
public sealed class SigningKey
{
    /// <summary>One for the process, as GitHub has one for everybody; making it takes longer than everything else at the start.</summary>
    private static readonly Task<SigningKey> Made = Task.Run(() => new SigningKey(RSA.Create(2048)));

    private readonly RSA _rsa;
    private readonly Lock _lock = new();

    private SigningKey(RSA rsa)
    {
        _rsa = rsa;
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        Id = Convert.ToHexString(SHA256.HashData(parameters.Modulus!))[..40];
        PublicKey = new JsonObject
        {
            ["kty"] = "RSA",
            ["alg"] = "RS256",
            ["use"] = "sig",
            ["kid"] = Id,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
    }

    public string Id { get; }

    public JsonObject PublicKey { get; }

    public static Task<SigningKey> GetAsync() => Made;

    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["x5t"] = Id, ["kid"] = Id };
        var content = $"{Part(header)}.{Part(claims)}";
        lock (_lock)
        {
            var signature = _rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{content}.{Base64Url.EncodeToString(signature)}";
        }
    }

    /// <summary>Whether this key signed the token.</summary>
    public bool TryVerify(JsonWebToken token)
    {
        if (token.Header["alg"]?.ToString() != "RS256" || token.Header["kid"]?.ToString() != Id)
            return false;
        lock (_lock)
            return _rsa.VerifyData(Encoding.ASCII.GetBytes(token.SignedText), token.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}

/// <summary>A token taken apart; nothing in it is to be believed before its signature is verified.</summary>
public sealed record JsonWebToken(JsonObject Header, JsonObject Claims, string SignedText, byte[] Signature)
{
    public static bool TryRead(string text, out JsonWebToken token)
    {
        token = new JsonWebToken([], [], "", []);
        try
        {
            if (text.Split('.') is not [var header, var claims, var signature] || Part(header) is not { } first || Part(claims) is not { } second)
                return false;
            token = new JsonWebToken(first, second, $"{header}.{claims}", Base64Url.DecodeFromChars(signature));
            return true;
        }
        catch (Exception ex) when (ex is FormatException or JsonException)
        {
            return false;
        }
    }

    private static JsonObject? Part(string text) => JsonNode.Parse(Base64Url.DecodeFromChars(text)) as JsonObject;
}
