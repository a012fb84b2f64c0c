using System.Xml.Linq;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Ec2;

/// <summary>
/// Amazon EC2, version 2016-11-15: which instances there are. Nothing else of it is known.
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
/// </summary>
public sealed class Ec2Service(ByAccount<Roster> rosters, IGuard guard) : IService
{
    private static readonly XNamespace Xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/";

    public static IReadOnlyList<string> Operations { get; } = ["DescribeInstances"];

    public string Name => "ec2";

    public void Describe(Exchange exchange)
    {
        var query = Query.Read(exchange.Http.Request, exchange.Body);
        exchange.Operation = query.Action;
        exchange.Request = query.WithoutSecrets();
    }

    public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
    {
        Describe(exchange);
        var query = Query.Read(exchange.Http.Request, exchange.Body);
        try
        {
            var caller = guard.Authenticate(exchange, Name);
            if (query.Action != "DescribeInstances")
                throw new AwsException(400, "InvalidAction", $"The action {query.Action} is not valid for this web service.");
            guard.Demand(caller, "ec2:DescribeInstances", "*");
            await QueryAnswer.WriteAsync(exchange.Http, 200, QueryAnswer.In(Xmlns, DescribeInstances(rosters[caller.Account], query, Guid.NewGuid().ToString())), ct);
        }
        catch (AwsException ex)
        {
            await RefuseAsync(exchange, ex.Error, ct);
        }
    }

    public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct) => QueryAnswer.WriteAsync(exchange.Http, refusal.Status,
        new XElement("Response",
            new XElement("Errors", new XElement("Error", new XElement("Code", refusal.Code), new XElement("Message", refusal.Message))),
            new XElement("RequestID", Guid.NewGuid().ToString())), ct);

    private static XElement DescribeInstances(Roster roster, Query query, string requestId)
    {
        var ids = query.List("InstanceId");
        if (ids.Count > 0 && query["MaxResults"] is not null)
            throw new AwsException(400, "InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
        var known = roster.Known.Select(one => new Instance(one.Host.Id, one.Host.Zone, roster.Tags(one.Host), one.State == InstanceState.Running)).ToList();
        var unknown = ids.Except(known.Select(instance => instance.Id)).ToList();
        if (unknown.Count > 0)
            throw new AwsException(400, "InvalidInstanceID.NotFound", unknown.Count == 1
                ? $"The instance ID '{unknown[0]}' does not exist"
                : $"The instance IDs '{string.Join(", ", unknown)}' do not exist");

        var filters = FiltersOf(query);
        var found = known.Where(instance => (ids.Count == 0 || ids.Contains(instance.Id)) && filters.All(filter => filter(instance))).ToList();
        var (page, next) = PageOf(found, query);
        return new XElement("DescribeInstancesResponse",
            new XElement("requestId", requestId),
            new XElement("reservationSet", page.Select(instance => Reservation(instance, roster.Account))),
            next is null ? null : new XElement("nextToken", next));
    }

    private static List<Func<Instance, bool>> FiltersOf(Query query)
    {
        var filters = new List<Func<Instance, bool>>();
        for (var index = 1; query[$"Filter.{index}.Name"] is { } name; index++)
        {
            var wanted = query.List($"Filter.{index}.Value");
            var values = ValuesOf(name);
            filters.Add(instance => values(instance).Any(value => wanted.Any(pattern => Wildcard.Match(pattern, value))));
        }

        return filters;
    }

    private static Func<Instance, IEnumerable<string>> ValuesOf(string filter) => filter switch
    {
        "instance-id" => instance => [instance.Id],
        "instance-state-name" => instance => [instance.StateName],
        "availability-zone" => instance => [instance.Zone],
        "tag-key" => instance => instance.Tags.Keys,
        _ when filter.StartsWith("tag:", StringComparison.Ordinal) => instance =>
            instance.Tags.Where(tag => $"tag:{tag.Key}" == filter).Select(tag => tag.Value),
        _ => throw new AwsException(400, "InvalidParameterValue", $"The filter '{filter}' is invalid"),
    };

    private static (IEnumerable<Instance> Page, string? Next) PageOf(List<Instance> found, Query query)
    {
        var size = query["MaxResults"] switch
        {
            null => found.Count,
            var text when int.TryParse(text, out var count) && count is >= 5 and <= 1000 => count,
            var text => throw new AwsException(400, "InvalidParameterValue",
                $"Value ( {text} ) for parameter maxResults is invalid. Expecting a value greater than or equal to 5."),
        };
        var start = query["NextToken"] switch
        {
            null => 0,
            var text when int.TryParse(text, out var at) && at >= 0 => at,
            var text => throw new AwsException(400, "InvalidParameterValue", $"Unable to parse pagination token: {text}"),
        };
        return (found.Skip(start).Take(size), start + size < found.Count ? $"{start + size}" : null);
    }

    private static XElement Reservation(Instance instance, string account) => new("item",
        new XElement("reservationId", $"r-{instance.Id[(instance.Id.IndexOf('-') + 1)..]}"),
        new XElement("ownerId", account),
        new XElement("groupSet"),
        new XElement("instancesSet", new XElement("item",
            new XElement("instanceId", instance.Id),
            new XElement("instanceState", new XElement("code", instance.IsRunning ? 16 : 48), new XElement("name", instance.StateName)),
            new XElement("placement", new XElement("availabilityZone", instance.Zone), new XElement("tenancy", "default")),
            new XElement("tagSet", instance.Tags.Select(tag => new XElement("item", new XElement("key", tag.Key), new XElement("value", tag.Value)))))));

    private sealed record Instance(string Id, string Zone, IReadOnlyDictionary<string, string> Tags, bool IsRunning)
    {
        public string StateName => IsRunning ? "running" : "terminated";
    }
}
