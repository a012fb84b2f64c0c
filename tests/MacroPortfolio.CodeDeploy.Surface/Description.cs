using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.CodeDeploy.Model;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Surface;

/// <summary>The public types of the client: operations, structures with their members, constants, exceptions and paginators.</summary>
internal static class Description
{
    /// <summary>The calls that take a request; where the official package has one without as well, that one only makes the request itself.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> Operations { get; } = typeof(IAmazonCodeDeploy).GetMethods()
        .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && method.GetParameters().Length == 2)
        .ToDictionary(method => method.Name[..^"Async".Length]);

    public static JsonObject OfClient()
    {
        var types = typeof(IAmazonCodeDeploy).Assembly.GetExportedTypes();
        var models = types.Where(type => type.Namespace == typeof(Alarm).Namespace).ToArray();
        return new JsonObject
        {
            ["operations"] = Named(Operations.OrderBy(it => it.Key), it => it.Key, it => new JsonObject
            {
                ["request"] = it.Value.GetParameters()[0].ParameterType.Name,
                ["response"] = it.Value.ReturnType.GenericTypeArguments[0].Name,
                ["obsolete"] = IsObsolete(it.Value),
            }),
            ["structures"] = Named(models.Where(IsStructure), type => type.Name, type => new JsonObject
            {
                ["obsolete"] = IsObsolete(type),
                ["members"] = Named(Values.MembersOf(type), member => member.Name, member => NameOf(member.PropertyType)),
            }),
            ["constants"] = Named(types.Where(type => type.IsSubclassOf(typeof(ConstantClass))), type => type.Name, type => new JsonArray(
                [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (JsonNode)((ConstantClass)field.GetValue(null)!).Value)])),
            ["exceptions"] = Named(models.Where(IsException), type => type.Name, type => new JsonObject
            {
                ["obsolete"] = IsObsolete(type),
                ["members"] = Named(Values.MembersOf(type), member => member.Name, member => NameOf(member.PropertyType)),
            }),
            ["paginators"] = Named(typeof(ICodeDeployPaginatorFactory).GetMethods(), method => method.Name, method => new JsonArray(
                [.. method.ReturnType.GetProperties().Select(list => (JsonNode)list.Name)])),
        };
    }

    private static bool IsStructure(Type type) => type.IsClass && !IsException(type) && type != typeof(CodeDeployPaginatorFactory);

    private static bool IsException(Type type) => type.IsAssignableTo(typeof(Exception));

    private static bool IsObsolete(MemberInfo member) => member.IsDefined(typeof(ObsoleteAttribute), inherit: false);

    /// <summary>A type in the words of AWS's models.</summary>
    private static string NameOf(Type type) => Nullable.GetUnderlyingType(type) is { } value ? value.Name switch
    {
        nameof(Boolean) => "boolean",
        nameof(Int32) => "integer",
        nameof(Int64) => "long",
        nameof(Double) => "double",
        nameof(DateTime) => "timestamp",
        var name => name,
    }
    : type == typeof(string) ? "string"
    : Values.IsListOf(type, out var item) ? $"list<{NameOf(item)}>"
    : Values.IsMapOf(type, out item) ? $"map<{NameOf(item)}>"
    : type.Name;

    private static JsonObject Named<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> describe) =>
        new(items.Select(item => KeyValuePair.Create(name(item), (JsonNode?)describe(item))));
}
