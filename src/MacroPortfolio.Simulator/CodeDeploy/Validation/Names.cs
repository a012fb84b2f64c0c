using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Validation;

/// <summary>Names and ids: missing, then malformed. Whether there is such a thing is asked only of a caller who may know.</summary>
public static partial class Names
{
    public static string Application([NotNull] string? name) => Name(name, "Application", "application");

    public static string Group([NotNull] string? name) => Name(name, "DeploymentGroup", "deployment group");

    /// <summary>Of a config for EC2: the predefined ones of other platforms exist, but not for these groups.</summary>
    public static string Config([NotNull] string? name)
    {
        Name(name, "DeploymentConfig", "deployment configuration");
        var rest = name.StartsWith(DeploymentConfig.PredefinedPrefix, StringComparison.Ordinal) ? name[DeploymentConfig.PredefinedPrefix.Length..] : "";
        return rest.StartsWith("Lambda", StringComparison.Ordinal) || rest.StartsWith("ECS", StringComparison.Ordinal)
            ? throw Fault.Of("InvalidDeploymentConfigName", $"The deployment configuration {name} is for another compute platform than Server.")
            : name;
    }

    public static string DeploymentId([NotNull] string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw Fault.Of("DeploymentIdRequired", "The deployment ID is required.");
        return DeploymentIdForm().IsMatch(id) ? id : throw Fault.Of("InvalidDeploymentId", $"Specified DeploymentId is not in the valid format: {id}");
    }

    public static string TargetId([NotNull] string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw Fault.Of("DeploymentTargetIdRequired", "The deployment target ID is required.");
        return id.Length <= 100 && NameForm().IsMatch(id) ? id : throw Fault.Of("InvalidDeploymentTargetId", $"The deployment target ID is not valid: {id}");
    }

    public static void Description(string? text)
    {
        if (text?.Length > 256)
            throw Fault.Of("DescriptionTooLong", $"The description is {text.Length} characters long; 256 are allowed.");
    }

    /// <param name="fault">What its exceptions are called: ...NameRequired, Invalid...Name.</param>
    private static string Name([NotNull] string? name, string fault, string noun)
    {
        if (string.IsNullOrEmpty(name))
            throw Fault.Of($"{fault}NameRequired", $"The {noun} name is required.");
        return name.Length <= 100 && NameForm().IsMatch(name)
            ? name
            : throw Fault.Of($"Invalid{fault}Name", $"The {noun} name is not valid: 1 to 100 letters, digits and . _ + = , @ - are allowed: {name}");
    }

    [GeneratedRegex(@"^[A-Za-z0-9._+=,@-]+\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^d-[A-Z0-9]{9}\z")]
    private static partial Regex DeploymentIdForm();
}
