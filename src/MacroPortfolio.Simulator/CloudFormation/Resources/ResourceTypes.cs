using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.CloudFormation.Templates;
using MacroPortfolio.Simulator.CodeDeploy;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.S3;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>The types of resources that stacks can have here.</summary>
internal sealed class ResourceTypes
{
    private readonly Dictionary<string, ResourceType> _types;

    public ResourceTypes(IamService iam, CodeDeployService codeDeploy, S3Store objects, IGuard guard, string region, string partition) =>
        _types = ((ResourceType[])
        [
            new RoleResource(iam), new ManagedPolicyResource(iam), new PolicyResource(iam), new InstanceProfileResource(iam), new OidcProviderResource(iam),
            new ApplicationResource(codeDeploy), new DeploymentGroupResource(codeDeploy), new DeploymentConfigResource(codeDeploy),
            new BucketResource(objects, guard), new BucketPolicyResource(objects, guard),
            new AutoScalingGroupResource(codeDeploy, guard, region, partition),
            .. RecordedResource.All(guard, region, partition),
        ]).ToDictionary(type => type.Name);

    public ResourceType Get(string name) => _types[name];

    /// <exception cref="Front.AwsException">One of the template's is not known here.</exception>
    public void Check(Template template)
    {
        if (template.Resources.Select(resource => resource.Type).Where(type => !_types.ContainsKey(type)).Distinct().ToList() is { Count: > 0 } unknown)
            throw TemplateText.Invalid($"Template format error: Unrecognized resource types: [{string.Join(", ", unknown)}]. The simulator knows: {string.Join(", ", _types.Keys.Order(StringComparer.Ordinal))}.");
    }

    public bool Replaces(StackResource existing, ResourceDeclaration declaration, IReadOnlyList<string> differing) =>
        existing.Type != declaration.Type || Get(declaration.Type).Replacing.Intersect(differing).Any();
}
