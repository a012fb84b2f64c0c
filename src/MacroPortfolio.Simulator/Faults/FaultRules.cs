using MacroPortfolio.Simulator.CloudFormation;
using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.Ec2;
using MacroPortfolio.Simulator.GitHub;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.Monitoring;
using MacroPortfolio.Simulator.Oidc;
using MacroPortfolio.Simulator.S3;
using MacroPortfolio.Simulator.Sts;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Faults;

/// <summary>What must hold of a fault beyond the kinds of its values.</summary>
internal static class FaultRules
{
    private static readonly string[] Own = ["kind", "after", "times", "probability"];

    private static readonly Dictionary<string, IReadOnlyCollection<string>> Operations = new()
    {
        ["sts"] = StsService.Operations,
        ["codedeploy"] = KnownOperations.Simulated,
        ["s3"] = S3Service.Operations,
        ["ec2"] = Ec2Service.Operations,
        ["monitoring"] = MonitoringService.Operations,
        ["iam"] = IamService.Operations,
        ["cloudformation"] = CloudFormationService.Operations,
        ["github"] = GitHubService.Operations,
        ["oidc"] = OidcService.Operations,
    };

    public static IEnumerable<BrokenRule> Check(FaultWorld fault, WorldFile world, string path)
    {
        var isOfInstances = fault.Instance is not null || fault.Tag is not null;
        var kinds = isOfInstances ? FaultKind.OfInstances : FaultKind.OfRequests;
        return
        [
            .. When(fault.After < 0, $"{path}.after", $"is {fault.After}; 0 or more is possible."),
            .. When(fault.Times < 1, $"{path}.times", $"is {fault.Times}; 1 or more is possible."),
            .. When(!(fault.Probability > 0 && fault.Probability <= 1), $"{path}.probability", $"is {fault.Probability}; above 0 and at most 1 is possible."),
            .. isOfInstances ? CheckPlace(fault, world, path) : CheckAddress(fault, path),
            .. kinds.FirstOrDefault(kind => kind.Name == fault.Kind) is { } kind
                ? [.. CheckKeys(fault, kind, isOfInstances, path), .. CheckValues(fault, path)]
                : Unknown(fault.Kind, isOfInstances, kinds, path),
        ];
    }

    private static IEnumerable<BrokenRule> Unknown(string name, bool isOfInstances, IReadOnlyList<FaultKind> kinds, string path)
    {
        var others = isOfInstances ? FaultKind.OfRequests : FaultKind.OfInstances;
        var advice = !others.Any(kind => kind.Name == name) ? ""
            : isOfInstances ? $" '{name}' is for requests: leave instance and tag away." : $" '{name}' needs an instance or a tag.";
        return [new($"{path}.kind", $"is '{name}', which is none of {string.Join(", ", kinds.Select(kind => kind.Name))}.{advice}")];
    }

    private static IEnumerable<BrokenRule> CheckAddress(FaultWorld fault, string path)
    {
        if (fault.Service is { } service && !Operations.ContainsKey(service))
            return [new($"{path}.service", $"is '{service}', which is none of {string.Join(", ", Operations.Keys)}.")];

        var known = fault.Service is null ? Operations.Values.SelectMany(names => names) : Operations[fault.Service];
        return When(fault.Operation is { } operation && !known.Contains(operation), $"{path}.operation",
            $"is '{fault.Operation}', which is none of {string.Join(", ", known)}.");
    }

    private static IEnumerable<BrokenRule> CheckPlace(FaultWorld fault, WorldFile world, string path)
    {
        var instances = world.EachAccount().SelectMany(account => account.Instances).ToList();
        var ids = instances.Select(instance => instance.Id).ToList();
        var tags = instances.SelectMany(instance => instance.Tags.Select(tag => $"{tag.Key}={tag.Value}")).Distinct().ToList();
        var events = fault.Kind == FaultKind.DiskFull ? FaultKind.WhereDisksAreWritten : Lifecycle.OfTheAgent;
        return
        [
            .. When(fault.Instance is { } id && !ids.Contains(id), $"{path}.instance", $"is '{fault.Instance}', which is none of {string.Join(", ", ids)}."),
            .. When(fault.Tag is { } tag && !tags.Contains(tag), $"{path}.tag", $"is '{fault.Tag}', which no instance carries ({string.Join(", ", tags)})."),
            .. When(fault.Event is { } name && !events.Contains(name), $"{path}.event", $"is '{fault.Event}', which is none of {string.Join(", ", events)}."),
        ];
    }

    private static IEnumerable<BrokenRule> CheckKeys(FaultWorld fault, FaultKind kind, bool isOfInstances, string path)
    {
        string[] address = isOfInstances ? ["instance", "tag", "event"] : ["service", "operation"];
        string[] possible = [.. address, .. Own, .. kind.Needs, .. kind.Takes];
        var given = Given(fault).ToList();
        return
        [
            .. given.Except(possible).Select(key => new BrokenRule($"{path}.{key}", $"does not go with '{kind.Name}'. Possible here: {string.Join(", ", possible)}.")),
            .. kind.Needs.Except(given).Select(key => new BrokenRule(path, $"lacks '{key}', which '{kind.Name}' needs.")),
        ];
    }

    private static IEnumerable<string> Given(FaultWorld fault)
    {
        (string Key, object? Value)[] keys =
        [
            ("service", fault.Service), ("operation", fault.Operation), ("instance", fault.Instance), ("tag", fault.Tag), ("event", fault.Event),
            ("status", fault.Status), ("body", fault.Body), ("error", fault.Error), ("message", fault.Message), ("seconds", fault.Seconds),
            ("retry-after", fault.RetryAfter), ("limit", fault.Limit), ("at", fault.At), ("factor", fault.Factor),
        ];
        return keys.Where(one => one.Value is not null).Select(one => one.Key);
    }

    private static IEnumerable<BrokenRule> CheckValues(FaultWorld fault, string path) =>
    [
        .. fault.Kind switch
        {
            FaultKind.Throttled => CheckThrottled(fault, path),
            FaultKind.Status => CheckStatus(fault, path),
            FaultKind.Error => CheckError(fault, path),
            _ => [],
        },
        .. When(fault.Seconds is { } seconds && !(seconds >= 0 && double.IsFinite(seconds)), $"{path}.seconds", $"is {fault.Seconds}; 0 or more is possible."),
        .. When(fault.RetryAfter < 0, $"{path}.retry-after", $"is {fault.RetryAfter}; 0 or more is possible."),
        .. When(fault.Factor is { } factor && !(factor >= 1 && double.IsFinite(factor)), $"{path}.factor", $"is {fault.Factor}; 1 or more is possible."),
        .. When(fault.At is not (null or "before" or "after"), $"{path}.at", $"is '{fault.At}', which is none of before, after."),
    ];

    private static IEnumerable<BrokenRule> CheckThrottled(FaultWorld fault, string path) =>
    [
        .. When(fault is { Service: not "github" } and ({ Limit: not null } or { Status: not null } or { RetryAfter: not null }), path,
            "has limit, status or retry-after, which only service github has: the others throttle in one way."),
        .. When(fault.Limit is not (null or "primary" or "secondary"), $"{path}.limit", $"is '{fault.Limit}', which is none of secondary, primary."),
        .. When(fault.Status is not (null or 403 or 429), $"{path}.status", $"is {fault.Status}; GitHub throttles with 403 or 429."),
    ];

    private static IEnumerable<BrokenRule> CheckStatus(FaultWorld fault, string path) =>
    [
        .. When(fault.Status is not (null or 429 or 500 or 502 or 503 or 504), $"{path}.status",
            $"is {fault.Status}; 429, 500, 502, 503 and 504 are possible. Others are errors of the service: kind error."),
        .. When(fault.Body is not (null or "service" or "html" or "none"), $"{path}.body", $"is '{fault.Body}', which is none of service, html, none."),
        .. When(fault is { Body: "service", Status: 502 or 504 }, $"{path}.body",
            $"is 'service', but {fault.Status} comes from what stands before the service: html or none."),
    ];

    /// <summary>A code that nobody knows is possible too, because clients must bear it; then its status must be said.</summary>
    private static IEnumerable<BrokenRule> CheckError(FaultWorld fault, string path)
    {
        var known = ServiceErrors.KnownTo(fault.Service ?? "").Select(error => error.Code).ToList();
        return
        [
            .. When(fault is { Service: not "github", Error: null }, path, "lacks 'error', the code of the error."),
            .. When(fault is { Service: "github", Error: not null }, $"{path}.error", "is a code, and GitHub's errors have none: status and message."),
            .. When(fault.Status is null && !known.Contains(fault.Error ?? ""), $"{path}.status",
                fault.Error is null || known.Count == 0 ? "is missing." : $"is missing: '{fault.Error}' is no known error of {fault.Service} ({string.Join(", ", known)})."),
            .. When(fault.Status is < 400 or > 599, $"{path}.status", $"is {fault.Status}; 400 to 599 is possible."),
        ];
    }

    private static IEnumerable<BrokenRule> When(bool broken, string path, string problem) => broken ? [new BrokenRule(path, problem)] : [];
}
