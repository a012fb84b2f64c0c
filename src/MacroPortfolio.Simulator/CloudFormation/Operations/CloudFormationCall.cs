using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.CloudFormation.Resources;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.CloudFormation.Templates;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CloudFormation.Operations;

/// <summary>What every request meets.</summary>
internal sealed record Surroundings(string Region, Identities Identities, IGuard Guard, ResourceTypes Types, Chance Chance, TimeProvider Time);

/// <summary>One request to CloudFormation, authenticated. What it may do it must demand before it says anything about what exists.</summary>
internal sealed partial class CloudFormationCall(Query query, Principal principal, StackAccount account, Surroundings surroundings)
{
    /// <summary>What would change what a stack does in a way that is not followed.</summary>
    private static readonly string[] NotFollowed =
    [
        "TemplateURL", "StackPolicyBody", "StackPolicyURL", "TimeoutInMinutes", "ResourcesToImport.member.1.ResourceType", "RollbackConfiguration.MonitoringTimeInMinutes",
        "RollbackConfiguration.RollbackTriggers.member.1.Arn", "DeploymentMode",
    ];

    public StackAccount Account { get; } = account;

    public ResourceTypes Types => surroundings.Types;

    public DateTimeOffset Now => surroundings.Time.GetUtcNow();

    /// <summary>Null when it is not given.</summary>
    public string? this[string name] => query[name];

    public string Text(string name) => query[name] is { Length: > 0 } text
        ? text
        : throw Invalid($"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");

    /// <summary>The operation's own action on the stack; null: on all.</summary>
    public void Demand(string? stack) => surroundings.Guard.Demand(principal, $"cloudformation:{query.Action}", stack is null ? "*" : Account.Find(stack)?.Id ?? ArnOf($"stack/{stack}/*"));

    public string ArnOf(string thing) => thing.StartsWith("stack/arn:", StringComparison.Ordinal) ? thing[6..^2] : $"arn:{surroundings.Identities.Partition}:cloudformation:{surroundings.Region}:{Account.Id}:{thing}";

    public string NewId() => surroundings.Chance.Identifier().ToString();

    /// <summary>The name of a stack that is to be.</summary>
    public string StackName()
    {
        var name = Text("StackName");
        return NameForm().IsMatch(name) ? name : throw Invalid($"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }

    /// <summary>The stack that the request names, and that is there.</summary>
    public Stack Stack()
    {
        var name = Text("StackName");
        Demand(name);
        return Account.Get(name);
    }

    public Template Template()
    {
        var template = Templates.Template.Parse(Text("TemplateBody"));
        Types.Check(template);
        return template;
    }

    /// <summary>What the stack is asked to be, checked as far as that can be without making anything.</summary>
    /// <param name="before">What it was asked to be before.</param>
    public StackRequest Request(Stack stack, StackRequest? before)
    {
        if (NotFollowed.FirstOrDefault(name => query[name] is { Length: > 0 }) is { } name)
            throw Invalid($"The simulator does not know the parameter {name}.");
        var template = query["UsePreviousTemplate"] == "true" ? before?.Template ?? throw Invalid("There is no previous template.") : Template();
        var given = Given(template, before);
        if (template.Parameters.Where(parameter => parameter.Default is null && !given.ContainsKey(parameter.Name)).Select(parameter => parameter.Name).ToList() is { Count: > 0 } missing)
            throw Invalid($"Parameters: [{string.Join(", ", missing)}] must have values");

        var request = new StackRequest(
            template,
            template.Parameters.ToDictionary(parameter => parameter.Name, parameter => given.GetValueOrDefault(parameter.Name) ?? parameter.Default!),
            query["Tags.member.1.Key"] is null && before is not null ? before.Tags : Pairs("Tags", "Key", "Value"),
            query.List("Capabilities", ".member"),
            query["RoleARN"] ?? before?.RoleArn);
        _ = Work(request, stack);
        if (template.Capability is { } needed && !request.Capabilities.Any(one => one == needed || one == "CAPABILITY_NAMED_IAM"))
            throw new AwsException(400, "InsufficientCapabilitiesException", $"Requires capabilities : [{needed}]");
        if (query["RoleARN"] is { } role)
            surroundings.Guard.Demand(principal, "iam:PassRole", role);
        return request;
    }

    public Workings Work(StackRequest request, Stack stack) => new(request, stack, Account, surroundings.Region, surroundings.Identities.Partition);

    public StackRun Run(Stack stack, string? roleArn) =>
        new(stack, Account, roleArn is null ? principal : Taken(roleArn), surroundings.Types, surroundings.Chance, request => Work(request, stack), surroundings.Time);

    public static AwsException Invalid(string message) => new(400, "ValidationError", message);

    /// <summary>A session of the role that the stack was given, as CloudFormation takes it.</summary>
    private Principal Taken(string roleArn) => RoleArn.TryParse(roleArn, out var arn) && surroundings.Identities.Role(arn) is { } role
        ? new Principal(arn.Account, arn.Session("AWSCloudFormation"), $"{role.Id}:AWSCloudFormation")
        : throw Invalid($"Role {roleArn} is invalid or cannot be assumed");

    private Dictionary<string, string> Given(Template template, StackRequest? before)
    {
        var given = new Dictionary<string, string>();
        for (var index = 1; query[$"Parameters.member.{index}.ParameterKey"] is { } key; index++)
        {
            given[key] = query[$"Parameters.member.{index}.UsePreviousValue"] == "true"
                ? before?.Parameters.GetValueOrDefault(key) ?? throw Invalid($"Invalid input for parameter key {key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template")
                : query[$"Parameters.member.{index}.ParameterValue"] ?? "";
        }

        return given.Keys.Except(template.Parameters.Select(parameter => parameter.Name)).ToList() is { Count: > 0 } unknown
            ? throw Invalid($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template")
            : given;
    }

    private Dictionary<string, string> Pairs(string list, string key, string value) => Enumerable.Range(1, 50)
        .Select(index => (Key: query[$"{list}.member.{index}.{key}"], Value: query[$"{list}.member.{index}.{value}"] ?? ""))
        .TakeWhile(pair => pair.Key is not null).ToDictionary(pair => pair.Key!, pair => pair.Value);

    [GeneratedRegex(@"^[a-zA-Z][-a-zA-Z0-9]{0,127}\z")]
    private static partial Regex NameForm();
}
