using System.Globalization;
using System.Text;
using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using Amazon.Runtime;
using CsCheck;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>Whatever CodeDeploy answers, over the wire: it is read, or refused with an exception that callers expect, and nothing becomes a success that was none.</summary>
public sealed class AnswerTests
{
    private static readonly string[] ContentTypes =
        ["application/x-amz-json-1.1", "application/json; charset=utf-16", "text/html; charset=nonsense", "application/json; charset=iso-8859-1", "text/plain"];

    private static readonly AmazonCodeDeployClient Client = new(
        new BasicAWSCredentials("AKIAEXAMPLE", "secret"),
        new AmazonCodeDeployConfig { ServiceURL = Loopback.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0, MaxStaleConnectionRetries = 0, Timeout = TimeSpan.FromSeconds(20) });

    private static int cases;

    internal static Gen<Reply> Replies(Gen<byte[]> bodies) => Gen.Select(
        Gen.Frequency((12, Gen.Const(200)), (3, Atoms.Any(400, 403, 404, 413)), (1, Atoms.Any(500, 502, 503, 429, 204, 301, 418))),
        Gen.Frequency((6, Gen.Const(ContentTypes[0])), (1, Atoms.Any(ContentTypes))),
        bodies,
        Gen.Frequency((20, Gen.Const(0)), (1, Gen.Const(1)), (1, Gen.Const(-1))),
        (status, type, body, off) => new Reply(status, type, status is 204 ? [] : body, status is 204 ? 0 : off < 0 ? null : body.Length + off));

    [Fact]
    public Task Any_answer_of_CodeDeploy_is_read_or_refused() => Gen.Select(Atoms.Any([.. Answers.CodeDeploy.Keys]), Gen.Int).SelectMany(picked =>
        Replies(Trees.Of(Answers.CodeDeploy[picked.Item1], Answers.Error)).Select(reply => (Operation: picked.Item1, Reply: reply))).HoldAsync(
        async sample =>
        {
            var word = string.Create(CultureInfo.InvariantCulture, $"d-CASE{Interlocked.Increment(ref cases)}x");
            Loopback.ByWord[word] = _ => sample.Reply;
            try
            {
                foreach (var phase in await PhasesAsync(sample.Operation, word))
                {
                    if (phase == Phase.Succeeded)
                    {
                        Said(sample.Reply.Body).Should().Contain("\"Succeeded\"");
                    }
                }
            }
            catch (Exception ex) when (ex is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
            {
                AwsErrors.Translate(ex, "try it").Should().Match<Exception>(said => said is DeployException || said is TransientException);
            }
            catch (Exception ex) when (ex is DeployException or TransientException)
            {
                ex.Message.Should().NotBeEmpty();
            }
            finally
            {
                Loopback.ByWord.TryRemove(word, out _);
            }
        },
        few: 300,
        share: 0.15);

    /// <summary>JSON knows escapes, which mean the letters.</summary>
    internal static string Said(byte[] body) => System.Text.RegularExpressions.Regex.Replace(
        Encoding.UTF8.GetString(body), @"\\u([0-9a-fA-F]{4})", match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private static async Task<IReadOnlyList<Phase>> PhasesAsync(string operation, string word)
    {
        switch (operation)
        {
            case "GetDeployment":
                var info = (await Client.GetDeploymentAsync(new GetDeploymentRequest { DeploymentId = word })).DeploymentInfo;
                return [Translation.ToObservation(info).Phase, Translation.ToPast(info).Phase];
            case "BatchGetDeployments":
                var infos = (await Client.BatchGetDeploymentsAsync(new BatchGetDeploymentsRequest { DeploymentIds = [word] })).DeploymentsInfo ?? [];
                return [.. infos.Select(Translation.ToObservation).Select(seen => seen.Phase), .. infos.Select(Translation.ToPast).Select(past => past.Phase)];
            case "GetDeploymentGroup":
                _ = Translation.ToFleet((await Client.GetDeploymentGroupAsync(new GetDeploymentGroupRequest { ApplicationName = word, DeploymentGroupName = "gray" })).DeploymentGroupInfo);
                return [];
            case "BatchGetDeploymentGroups":
                _ = ((await Client.BatchGetDeploymentGroupsAsync(new BatchGetDeploymentGroupsRequest { ApplicationName = word, DeploymentGroupNames = ["gray"] })).DeploymentGroupsInfo ?? []).Select(Translation.ToFleet).ToList();
                return [];
            case "ListDeploymentGroups":
                _ = (await Client.ListDeploymentGroupsAsync(new ListDeploymentGroupsRequest { ApplicationName = word })).DeploymentGroups;
                return [];
            case "GetDeploymentConfig":
                _ = (await Client.GetDeploymentConfigAsync(new GetDeploymentConfigRequest { DeploymentConfigName = word })).DeploymentConfigInfo;
                return [];
            case "ListDeployments":
                _ = (await Client.ListDeploymentsAsync(new ListDeploymentsRequest { ApplicationName = word })).Deployments;
                return [];
            case "CreateDeployment":
                _ = (await Client.CreateDeploymentAsync(new CreateDeploymentRequest { ApplicationName = word })).DeploymentId;
                return [];
            case "StopDeployment":
                _ = (await Client.StopDeploymentAsync(new StopDeploymentRequest { DeploymentId = word })).Status;
                return [];
            case "ListDeploymentTargets":
                _ = (await Client.ListDeploymentTargetsAsync(new ListDeploymentTargetsRequest { DeploymentId = word })).TargetIds;
                return [];
            default:
                var targets = (await Client.BatchGetDeploymentTargetsAsync(new BatchGetDeploymentTargetsRequest { DeploymentId = word, TargetIds = ["i-1"] })).DeploymentTargets ?? [];
                _ = targets.Select(target => target?.InstanceTarget).OfType<InstanceTarget>().Select(Translation.ToTarget).ToList();
                return [];
        }
    }
}
