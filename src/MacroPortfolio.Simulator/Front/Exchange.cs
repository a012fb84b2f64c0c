using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Front;

/// <summary>One request with its body read whole, and what the log will say of it. Services note the operation and the principal as they learn them.</summary>
public sealed class Exchange(HttpContext http, byte[] body)
{
    public HttpContext Http { get; } = http;
    public byte[] Body { get; } = body;

    /// <summary>AWS's name of the operation; for GitHub <c>METHOD /path/{template}</c>.</summary>
    public string Operation { get; set; } = "";
    public string? Principal { get; set; }

    /// <summary>The request for the log, without secrets.</summary>
    public JsonNode? Request { get; set; }

    /// <summary>The kind of the fault that struck it.</summary>
    public string? Fault { get; set; }

    /// <summary>The connection ended before the answer did.</summary>
    public bool IsCutOff { get; set; }
}

/// <summary>One service of the cloud. It answers every request that the front hands it, unknown operations too, as the real one would.</summary>
public interface IService
{
    /// <summary>sts, codedeploy, s3, ec2, monitoring, iam, cloudformation, github or oidc, as the log calls it.</summary>
    string Name { get; }

    /// <summary>Notes what the request asks for, as far as its head and the body that was read say it. Nothing is answered or done.</summary>
    void Describe(Exchange exchange);

    Task AnswerAsync(Exchange exchange, CancellationToken ct);

    /// <summary>Answers with the error, in the service's own protocol.</summary>
    Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct);
}

/// <summary>An error of a service, in no protocol yet.</summary>
/// <param name="Code">What the service calls it; GitHub has none.</param>
public sealed record ServiceError(int Status, string Code, string Message)
{
    /// <summary>Of GitHub: where the text is about more than the one operation.</summary>
    public string? Documentation { get; init; }
}

/// <summary>An error that AWS would answer. Each service writes it in its own protocol.</summary>
public sealed class AwsException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;
    public string Code { get; } = code;
    public ServiceError Error => new(Status, Code, Message);
}
