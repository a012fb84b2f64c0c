using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Checks;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using TagFilter = MacroPortfolio.Core.Checks.TagFilter;

namespace MacroPortfolio.Action.Checks;

/// <summary>What a check asks beyond what a deployment does: the application's link, the groups' tags, and which instances there are.</summary>
internal sealed class FleetReader(IAmazonCodeDeploy client, Func<IAmazonEC2> ec2, ApplicationName application, CodeDeployPermissions permissions)
{
    private const int PageSize = 1_000;

    /// <summary>A list that goes on behind it never ends.</summary>
    private const int MostPages = 100;

    public async Task<ApplicationInfo> ApplicationAsync(CancellationToken ct) => (await Asked(
        () => client.GetApplicationAsync(new GetApplicationRequest { ApplicationName = application.Value }, ct),
        $"read application {application}",
        permissions.OnApplication(application, "GetApplication"))).Application ?? new ApplicationInfo();

    public async Task<IReadOnlyList<DeploymentGroupName>> GroupsAsync(CancellationToken ct)
    {
        var names = new List<string>();
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await Asked(
                () => client.ListDeploymentGroupsAsync(new ListDeploymentGroupsRequest { ApplicationName = application.Value, NextToken = next }, ct),
                $"list the deployment groups of {application}",
                permissions.OnApplication(application, "ListDeploymentGroups"));
            names.AddRange((answer.DeploymentGroups ?? []).OfType<string>());
            next = answer.NextToken;
            if (string.IsNullOrEmpty(next))
            {
                break;
            }
        }

        return [.. names.Where(name => DeploymentGroupName.TryParse(name, out _)).Select(name => new DeploymentGroupName(name))];
    }

    public async Task<CheckedGroup> GroupAsync(DeploymentGroupName group, CancellationToken ct)
    {
        var info = (await Asked(
            () => client.GetDeploymentGroupAsync(new GetDeploymentGroupRequest { ApplicationName = application.Value, DeploymentGroupName = group.Value }, ct),
            $"read deployment group {group} of {application}",
            permissions.OnGroup(application, group, "GetDeploymentGroup"))).DeploymentGroupInfo ?? new DeploymentGroupInfo();
        var any = (info.Ec2TagFilters ?? []).Select(Filter).ToList();
        IReadOnlyList<IReadOnlyList<TagFilter>> tags = any.Count > 0 ? [any] : [.. (info.Ec2TagSet?.Ec2TagSetList ?? []).Select(list => (IReadOnlyList<TagFilter>)[.. list.Select(Filter)])];
        var alarms = info.AlarmConfiguration is { Enabled: true } watched ? (watched.Alarms ?? []).Select(alarm => alarm?.Name).OfType<string>() : [];
        return new CheckedGroup(group, new Selection(tags, [.. (info.AutoScalingGroups ?? []).Select(one => one?.Name).OfType<string>()]), [.. alarms]);
    }

    /// <summary>All of the region, running or not: who stopped is shown too.</summary>
    public async Task<IReadOnlyList<Ec2Instance>> InstancesAsync(CancellationToken ct)
    {
        using var reader = ec2();
        var instances = new List<Ec2Instance>();
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await Asked(
                () => reader.DescribeInstancesAsync(new DescribeInstancesRequest { MaxResults = PageSize, NextToken = next }, ct),
                "list the instances",
                new Permission("*", "ec2:DescribeInstances"));
            instances.AddRange((answer.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []).Select(instance => new Ec2Instance(
                instance.InstanceId ?? "unknown",
                instance.State?.Name?.Value ?? "unknown",
                (instance.Tags ?? []).Where(tag => tag.Key is not null).DistinctBy(tag => tag.Key).ToDictionary(tag => tag.Key, tag => tag.Value ?? ""))));
            next = answer.NextToken;
            if (string.IsNullOrEmpty(next))
            {
                break;
            }
        }

        return [.. instances.Where(instance => instance.State != "terminated")];
    }

    /// <summary>
    /// Asks for a deployment that cannot be made, for it names no revision, a config that there is not, and more words than a description holds: whoever may not
    /// create one is told so before any of that is looked at.
    /// </summary>
    /// <returns>Null where the answer does not tell.</returns>
    public async Task<bool?> MayCreateAsync(DeploymentGroupName group, CancellationToken ct)
    {
        var impossible = new CreateDeploymentRequest
        {
            ApplicationName = application.Value,
            DeploymentGroupName = group.Value,
            DeploymentConfigName = "a config that there is not",
            Description = new string('-', 2_000),
        };
        try
        {
            await client.CreateDeploymentAsync(impossible, ct);
            return null;
        }
        catch (AmazonCodeDeployException ex)
        {
            return ex.ErrorCode switch
            {
                "AccessDeniedException" or "AccessDenied" => throw AwsErrors.Translate(ex, $"create deployments to {group}", permissions.OnGroup(application, group, "CreateDeployment")),
                "InvalidDeploymentConfigNameException" or "DeploymentConfigDoesNotExistException" or "DescriptionTooLongException" or "RevisionRequiredException" => true,
                _ => null,
            };
        }
        catch (Exception ex) when (AwsErrors.Translate(ex, $"ask whether deployments to {group} may be created") is TransientException)
        {
            return null;
        }
    }

    private static TagFilter Filter(EC2TagFilter filter) => new(filter.Key, filter.Value, filter.Type?.Value);

    private static async Task<T> Asked<T>(Func<Task<T>> call, string doing, Permission needed)
    {
        try
        {
            return await call();
        }
        catch (AmazonEC2Exception ex) when (ex.ErrorCode is "UnauthorizedOperation" or "AccessDenied" or "AccessDeniedException")
        {
            throw Denial.Explain(ex.ErrorCode, ex.Message, doing, [needed], ex);
        }
        catch (Exception ex) when (AwsErrors.Translate(ex, doing, needed) is var said && said != ex)
        {
            throw said is TransientException ? new DeployException(Outcome.Failed, said.Message, "Run the check again.", ex) : said;
        }
    }
}
