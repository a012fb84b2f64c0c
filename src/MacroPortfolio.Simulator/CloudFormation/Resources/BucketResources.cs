using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.S3;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>Buckets. Versioning is done; encryption, lifecycle and the like are asked for and kept with the stack.</summary>
internal sealed class BucketResource(S3Store objects, IGuard guard) : ResourceType
{
    /// <summary>What setting each property takes.</summary>
    private static readonly Dictionary<string, string> Actions = new()
    {
        ["VersioningConfiguration"] = "s3:PutBucketVersioning",
        ["BucketEncryption"] = "s3:PutEncryptionConfiguration",
        ["OwnershipControls"] = "s3:PutBucketOwnershipControls",
        ["PublicAccessBlockConfiguration"] = "s3:PutBucketPublicAccessBlock",
        ["LifecycleConfiguration"] = "s3:PutLifecycleConfiguration",
        ["Tags"] = "s3:PutBucketTagging",
    };

    public override string Name => "AWS::S3::Bucket";

    public override IReadOnlyList<string> Known => ["BucketName", .. Actions.Keys];

    public override IReadOnlyList<string> Replacing => ["BucketName"];

    public override IReadOnlyList<string> Attributes => ["Arn", "DomainName", "RegionalDomainName"];

    public override Made Create(ResourceCall call)
    {
        var name = call.Name("BucketName", 63).ToLowerInvariant();
        guard.Demand(call.Principal, "s3:CreateBucket", Arn(name));
        foreach (var action in Needed(call.Properties))
            guard.Demand(call.Principal, action, Arn(name));
        objects.CreateBucket(name, call.Principal.Account);
        SetVersioning(name, call);
        return new Made(name, new Dictionary<string, string>
        {
            ["Arn"] = Arn(name),
            ["DomainName"] = $"{name}.s3.amazonaws.com",
            ["RegionalDomainName"] = $"{name}.s3.{objects.Region}.amazonaws.com",
        });
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        foreach (var action in Needed(call.Properties).Union(Needed(old.Properties)))
            guard.Demand(call.Principal, action, Arn(old.PhysicalId!));
        SetVersioning(old.PhysicalId!, call);
        return new Made(old.PhysicalId!, old.Attributes);
    }

    public override void Delete(ResourceCall call, StackResource old)
    {
        guard.Demand(call.Principal, "s3:DeleteBucket", Arn(old.PhysicalId!));
        objects.DeleteBucket(old.PhysicalId!);
    }

    internal static string Arn(string name) => $"arn:aws:s3:::{name}";

    private static IEnumerable<string> Needed(JsonObject properties) => Actions.Where(entry => properties.ContainsKey(entry.Key)).Select(entry => entry.Value);

    private void SetVersioning(string name, ResourceCall call)
    {
        var wanted = $"{call.Properties["VersioningConfiguration"]?["Status"]}" == "Enabled";
        if (wanted || objects.VersioningOf(name) != Versioning.None)
            objects.SetVersioning(name, wanted ? Versioning.Enabled : Versioning.Suspended);
    }
}

internal sealed class BucketPolicyResource(S3Store objects, IGuard guard) : ResourceType
{
    public override string Name => "AWS::S3::BucketPolicy";

    public override IReadOnlyList<string> Known => ["Bucket", "PolicyDocument"];

    public override IReadOnlyList<string> Required => Known;

    public override IReadOnlyList<string> Replacing => ["Bucket"];

    public override Made Create(ResourceCall call)
    {
        var bucket = call.Text("Bucket")!;
        guard.Demand(call.Principal, "s3:PutBucketPolicy", BucketResource.Arn(bucket));
        objects.SetPolicy(bucket, Read(call.Properties["PolicyDocument"]!));
        return new Made(bucket, new Dictionary<string, string>());
    }

    public override Made Update(ResourceCall call, StackResource old) => Create(call);

    public override void Delete(ResourceCall call, StackResource old)
    {
        guard.Demand(call.Principal, "s3:DeleteBucketPolicy", BucketResource.Arn(old.PhysicalId!));
        objects.SetPolicy(old.PhysicalId!, null);
    }

    private static Policy Read(JsonNode document)
    {
        try
        {
            return Policy.Parse(document.DeepClone(), PolicyKind.Resource);
        }
        catch (MalformedPolicyException ex)
        {
            throw new AwsException(400, "MalformedPolicy", $"Policy has invalid contents: {ex.Message}");
        }
    }
}
