using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using Amazon.Runtime;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using Revision = MacroPortfolio.Core.Inputs.Revision;

namespace MacroPortfolio.Action.Aws;

/// <summary>The revisions of an application as CodeDeploy keeps them, each with a description that says of which commit it was built.</summary>
/// <param name="say">Takes what is missing and holds nothing up.</param>
internal sealed class RevisionRegistry(IAmazonCodeDeploy client, ApplicationName application, CodeDeployPermissions permissions, Func<string, Task> say)
{
    public async Task RegisterAsync(Revision.S3 revision, Origin? origin, long run, CancellationToken ct)
    {
        try
        {
            await client.RegisterApplicationRevisionAsync(
                new RegisterApplicationRevisionRequest { ApplicationName = application.Value, Revision = Translation.ToLocation(revision), Description = origin?.Describe(run) },
                ct);
        }
        catch (Exception ex) when (AwsErrors.Translate(ex, $"register {revision.Label}", permissions.OnApplication(application, "RegisterApplicationRevision")) is var said && said != ex)
        {
            throw said is TransientException ? new DeployException(Outcome.Failed, said.Message, "The bundle is in its bucket; run again.", ex) : said;
        }
    }

    /// <summary>A courtesy: null where it cannot be read, or nobody wrote it down.</summary>
    public async Task<Origin?> OriginAsync(Revision.S3 revision, CancellationToken ct)
    {
        try
        {
            var answer = await client.GetApplicationRevisionAsync(new GetApplicationRevisionRequest { ApplicationName = application.Value, Revision = Translation.ToLocation(revision) }, ct);
            return Origin.Find(answer.RevisionInfo?.Description);
        }
        catch (AmazonCodeDeployException ex) when (ex.ErrorCode is "RevisionDoesNotExistException")
        {
            return null;
        }
        catch (Exception ex) when (!ct.IsCancellationRequested && (ex is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException || AwsErrors.IsUnreadable(ex)))
        {
            var told = AwsErrors.Translate(ex, $"read of which commit {revision.Label} was built", permissions.OnApplication(application, "GetApplicationRevision"));
            await say($"{told.Message} Titles and pull requests are left out; the deployment goes on.");
            return null;
        }
    }
}
