using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.CodeDeploy.Operations;

/// <summary>Tags of applications and deployment groups, by ARN.</summary>
public sealed class TagOperations(Account account)
{
    public object List(ApiCall call)
    {
        var arn = Find(call, call.Read<ListTagsForResourceRequest>().ResourceArn);

        return new ListTagsForResourceResponse([.. account.Tags.GetValueOrDefault(arn, []).Select(tag => new Tag(tag.Key, tag.Value))]);
    }

    public object Add(ApiCall call)
    {
        var request = call.Read<TagResourceRequest>();
        var arn = Find(call, request.ResourceArn, KeysOf(request.Tags));
        if (request.Tags is null or { Count: 0 })
            throw Fault.Of("TagRequired", "At least one tag is required.");
        Check(request.Tags);

        Put(account, arn, request.Tags);
        return new EmptyResponse();
    }

    public object Remove(ApiCall call)
    {
        var request = call.Read<UntagResourceRequest>();
        var arn = Find(call, request.ResourceArn, new ContextKeys().AddList("aws:TagKeys", (request.TagKeys ?? []).OfType<string>()));
        if (request.TagKeys is null or { Count: 0 })
            throw Fault.Of("TagRequired", "At least one tag key is required.");

        foreach (var key in request.TagKeys)
            account.Tags.GetValueOrDefault(arn)?.Remove(key ?? "");
        return new EmptyResponse();
    }

    public static void Check(IReadOnlyList<Tag?>? tags)
    {
        if ((tags ?? []).Any(tag => tag is not { Key.Length: > 0 and <= 128, Value.Length: <= 256 }))
            throw Fault.Of("InvalidTagsToAdd", "Each tag needs a key of 1 to 128 characters and a value of at most 256.");
    }

    public static void Put(Account account, string arn, IReadOnlyList<Tag?>? tags)
    {
        if (tags is null or { Count: 0 })
            return;
        var held = account.Tags.GetValueOrDefault(arn) ?? (account.Tags[arn] = new(StringComparer.Ordinal));
        foreach (var tag in tags)
            held[tag!.Key!] = tag.Value!;
    }

    /// <summary>The tags of a request as conditions see them.</summary>
    public static ContextKeys KeysOf(IReadOnlyList<Tag?>? tags)
    {
        var named = (tags ?? []).Where(tag => tag?.Key is not null).ToList();
        return new ContextKeys().AddTags("aws:RequestTag", named.Select(tag => KeyValuePair.Create(tag!.Key!, tag.Value ?? ""))).AddList("aws:TagKeys", named.Select(tag => tag!.Key!));
    }

    private string Find(ApiCall call, string? arn, ContextKeys? keys = null)
    {
        if (string.IsNullOrEmpty(arn))
            throw Fault.Of("ResourceArnRequired", "The ARN of a resource is required.");
        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
            throw Fault.Of("InvalidArn", $"The ARN is not valid: {arn}");
        call.Demand(arn, keys);

        return arn.Split(':', 7) switch
        {
            [_, _, "codedeploy", _, _, "application", var name] => account.Arns.Application(account.Application(name).Name),
            [_, _, "codedeploy", _, _, "deploymentgroup", var path] when path.Split('/') is [var application, var group] =>
                account.ArnOf(account.Group(application, group)),
            _ => throw Fault.Of("ArnNotSupported", $"The ARN is not that of an application or deployment group: {arn}"),
        };
    }
}
