using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.Validation;

public static partial class RevisionRules
{
    /// <summary>The revision with the one location that its type names. EC2 takes S3 and GitHub; its AppSpec is in the bundle.</summary>
    public static RevisionLocation Read(RevisionLocation? revision) => revision switch
    {
        null => throw Fault.Of("RevisionRequired", "The revision is required."),
        { RevisionType: "S3", S3Location: { } s3 } => new() { RevisionType = "S3", S3Location = Read(s3) },
        { RevisionType: "GitHub", GitHubLocation: { } hub } => new() { RevisionType = "GitHub", GitHubLocation = Read(hub) },
        { RevisionType: "S3" or "GitHub" } => throw Invalid($"A revision of type {revision.RevisionType} needs its location."),
        { RevisionType: "String" or "AppSpecContent" } =>
            throw Invalid($"A revision of type {revision.RevisionType} is for AWS Lambda and Amazon ECS only; the compute platform here is Server."),
        { RevisionType: null } => throw Invalid("The revision type is required."),
        _ => throw Invalid($"The revision type is not valid: {revision.RevisionType}"),
    };

    private static S3Location Read(S3Location s3)
    {
        if (string.IsNullOrEmpty(s3.Bucket) || string.IsNullOrEmpty(s3.Key))
            throw Invalid("An S3 revision needs bucket and key.");
        return s3.BundleType is "tar" or "tgz" or "zip"
            ? s3
            : throw Invalid($"The bundle type of a revision for EC2 is tar, tgz or zip, not '{s3.BundleType}'.");
    }

    // Whether the service itself checks the commit for 40 hexadecimal digits is not known; here the instances find out.
    private static GitHubLocation Read(GitHubLocation hub) =>
        RepositoryForm().IsMatch(hub.Repository ?? "") && !string.IsNullOrEmpty(hub.CommitId)
            ? hub
            : throw Invalid("A GitHub revision needs repository as account/repository, and commitId.");

    private static Front.AwsException Invalid(string message) => Fault.Of("InvalidRevision", message);

    [GeneratedRegex(@"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+\z")]
    private static partial Regex RepositoryForm();
}
