using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Front;

/// <summary>Tells which service a request is for. In the real clouds the host name says it; here everything arrives at one address.</summary>
public static class Router
{
    /// <summary>The name of the service (<see cref="IService.Name"/>), or null when no service would know the request.</summary>
    public static string? Route(Exchange exchange, WorldFile world)
    {
        var request = exchange.Http.Request;
        var path = request.Path;
        if (path.StartsWithSegments("/_actions") || path.StartsWithSegments("/.well-known"))
            return "oidc";
        if (path.StartsWithSegments("/api"))
            return "github";
        if (request.Headers.TryGetValue("X-Amz-Target", out var target))
            return target.ToString().StartsWith("CodeDeploy_", StringComparison.Ordinal) ? "codedeploy" : SignatureClaim.ServiceOf(request);

        return ByVersion(exchange) ?? SignatureClaim.ServiceOf(request) ?? (IsBucket(path, world) ? "s3" : null);
    }

    private static string? ByVersion(Exchange exchange) => exchange.Http.Request.Path == "/" ? Query.Read(exchange.Http.Request, exchange.Body).Version switch
    {
        "2011-06-15" => "sts",
        "2016-11-15" => "ec2",
        "2010-08-01" => "monitoring",
        "2010-05-08" => "iam",
        "2010-05-15" => "cloudformation",
        _ => null,
    } : null;

    private static bool IsBucket(PathString path, WorldFile world) =>
        path.Value is { Length: > 1 } text && world.EachAccount().SelectMany(account => account.S3.Buckets).Any(bucket => bucket.Name == text.Split('/')[1]);
}
