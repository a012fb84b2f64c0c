using System.Xml.Linq;
using MacroPortfolio.Simulator.CloudFormation.Operations;
using MacroPortfolio.Simulator.CloudFormation.Resources;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.CodeDeploy;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.S3;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CloudFormation;

/// <summary>
/// AWS CloudFormation, version 2010-05-15: stacks of the resources that deployments need. What a request starts is done when it is answered.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/
/// </summary>
public sealed class CloudFormationService : IService
{
    private static readonly Dictionary<string, Func<CloudFormationCall, IReadOnlyList<XElement?>?>> Known = new()
    {
        ["ValidateTemplate"] = TemplateOperations.Validate,
        ["GetTemplate"] = TemplateOperations.Get,
        ["GetTemplateSummary"] = TemplateOperations.Summarize,
        ["CreateChangeSet"] = ChangeSetOperations.Create,
        ["DescribeChangeSet"] = ChangeSetOperations.Describe,
        ["ExecuteChangeSet"] = ChangeSetOperations.Execute,
        ["DeleteChangeSet"] = ChangeSetOperations.Delete,
        ["ListChangeSets"] = ChangeSetOperations.List,
        ["CreateStack"] = StackOperations.Create,
        ["UpdateStack"] = StackOperations.Update,
        ["DeleteStack"] = StackOperations.Delete,
        ["DescribeStacks"] = StackOperations.Describe,
        ["DescribeStackEvents"] = StackOperations.DescribeEvents,
        ["DescribeStackResources"] = StackOperations.DescribeResources,
        ["DescribeStackResource"] = StackOperations.DescribeResource,
        ["ListExports"] = StackOperations.ListExports,
    };

    private readonly QueryProtocol _protocol = new("http://cloudformation.amazonaws.com/doc/2010-05-15/");
    private readonly ByAccount<StackAccount> _accounts;
    private readonly IGuard _guard;
    private readonly Surroundings _surroundings;

    public CloudFormationService(WorldFile world, Identities identities, IGuard guard, IamService iam, CodeDeployService codeDeploy, S3Store objects, TimeProvider time)
    {
        _guard = guard;
        _accounts = new(world, one => new StackAccount(one.Account));
        _surroundings = new(world.Region, identities, guard, new ResourceTypes(iam, codeDeploy, objects, guard, world.Region, identities.Partition), new Chance(world.Seed, "cloudformation"), time);
    }

    public static IReadOnlyCollection<string> Operations => Known.Keys;

    public string Name => "cloudformation";

    public void Describe(Exchange exchange) => QueryProtocol.Describe(exchange);

    public Task AnswerAsync(Exchange exchange, CancellationToken ct) => _protocol.AnswerAsync(exchange, query => Answer(_guard.Authenticate(exchange, Name), query), ct);

    public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct) => _protocol.RefuseAsync(exchange, refusal, ct);

    private IReadOnlyList<XElement?>? Answer(Principal principal, Query query)
    {
        if (!Known.TryGetValue(query.Action, out var operation))
            throw QueryProtocol.UnknownAction(query);
        var account = _accounts[principal.Account];
        lock (account.Gate)
            return operation(new CloudFormationCall(query, principal, account, _surroundings));
    }
}
