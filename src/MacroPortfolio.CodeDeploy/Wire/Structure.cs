using System.Text.Json;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.CodeDeploy.Wire;

/// <summary>How a structure of an answer is read: its members by their names on the wire. What is not named here is skipped.</summary>
internal sealed class Structure<T> : IJsonUnmarshaller<T, JsonUnmarshallerContext>
    where T : class, new()
{
    private readonly Dictionary<string, ReadMember> members = [];

    private delegate void ReadMember(T structure, JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader);

    public bool IsEmpty => members.Count == 0;

    public Structure<T> Text(string name, Action<T, string> set) => Member(name, StringUnmarshaller.Instance, set);

    public Structure<T> Flag(string name, Action<T, bool?> set) => Member(name, NullableBoolUnmarshaller.Instance, set);

    public Structure<T> Number(string name, Action<T, int?> set) => Member(name, NullableIntUnmarshaller.Instance, set);

    public Structure<T> Long(string name, Action<T, long?> set) => Member(name, NullableLongUnmarshaller.Instance, set);

    public Structure<T> Fraction(string name, Action<T, double?> set) => Member(name, NullableDoubleUnmarshaller.Instance, set);

    public Structure<T> Moment(string name, Action<T, DateTime?> set) => Member(name, NullableDateTimeUnmarshaller.Instance, set);

    public Structure<T> Texts(string name, Action<T, List<string>> set) =>
        Member(name, new ListOf<string, StringUnmarshaller>(StringUnmarshaller.Instance), set);

    public Structure<T> List<TItem>(string name, Structure<TItem> item, Action<T, List<TItem>> set)
        where TItem : class, new() =>
        Member(name, new ListOf<TItem, Structure<TItem>>(item), set);

    public Structure<T> Lists<TItem>(string name, Structure<TItem> item, Action<T, List<List<TItem>>> set)
        where TItem : class, new() =>
        Member(name, new ListOf<List<TItem>, ListOf<TItem, Structure<TItem>>>(new(item)), set);

    public Structure<T> Member<TValue>(string name, IJsonUnmarshaller<TValue, JsonUnmarshallerContext> value, Action<T, TValue> set)
    {
        members.Add(name, (structure, context, ref reader) => set(structure, value.Unmarshall(context, ref reader)));
        return this;
    }

    public T Unmarshall(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader)
    {
        context.Read(ref reader);
        if (context.CurrentTokenType == JsonTokenType.Null)
            return null;
        if (context.CurrentTokenType != JsonTokenType.StartObject)
            throw new JsonException($"A structure is {context.CurrentTokenType}.");

        var structure = new T();
        var depth = context.CurrentDepth;
        while (context.ReadAtDepth(depth, ref reader))
        {
            var isMember = context.CurrentTokenType == JsonTokenType.PropertyName && context.CurrentDepth == depth;
            if (isMember && members.TryGetValue(context.ReadText(ref reader), out var read))
                read(structure, context, ref reader);
        }
        return structure;
    }
}

/// <summary>A list of an answer. The SDK's own reader takes whatever is there for one, and of what is none it reads items without end (AWSSDK.Core 4.0.102).</summary>
internal sealed class ListOf<TItem, TUnmarshaller>(TUnmarshaller item) : IJsonUnmarshaller<List<TItem>, JsonUnmarshallerContext>
    where TUnmarshaller : IJsonUnmarshaller<TItem, JsonUnmarshallerContext>
{
    private readonly JsonListUnmarshaller<TItem, TUnmarshaller> list = new(item);

    public List<TItem> Unmarshall(JsonUnmarshallerContext context, ref StreamingUtf8JsonReader reader) =>
        context.Peek(JsonTokenType.StartArray, ref reader) || context.Peek(JsonTokenType.Null, ref reader)
            ? list.Unmarshall(context, ref reader)
            : throw new JsonException("A list is something else.");
}
