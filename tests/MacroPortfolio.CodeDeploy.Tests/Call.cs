using System.Reflection;

namespace Amazon.CodeDeploy.Tests;

/// <summary>Calls by name, for what has to hold for every operation.</summary>
internal static class Call
{
    public static Dictionary<string, MethodInfo> Methods { get; } = typeof(IAmazonCodeDeploy).GetMethods()
        .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal))
        .ToDictionary(method => method.Name[..^"Async".Length]);

    public static Type RequestOf(string operation) => Methods[operation].GetParameters()[0].ParameterType;

    public static Type ResponseOf(string operation) => Methods[operation].ReturnType.GenericTypeArguments[0];

    public static Task<object> ByNameAsync(IAmazonCodeDeploy client, string operation) =>
        ByNameAsync(client, operation, Activator.CreateInstance(RequestOf(operation))!);

    public static async Task<object> ByNameAsync(IAmazonCodeDeploy client, string operation, object request)
    {
        var call = (Task)Methods[operation].Invoke(client, [request, CancellationToken.None])!;
        await call;
        return ((dynamic)call).Result;
    }
}
