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
        Member(name, new JsonListUnmarshaller<string, StringUnmarshaller>(StringUnmarshaller.Instance), set);

    public Structure<T> List<TItem>(string name, Structure<TItem> item, Action<T, List<TItem>> set)
        where TItem : class, new() =>
        Member(name, ListOf(item), set);

    public Structure<T> Lists<TItem>(string name, Structure<TItem> item, Action<T, List<List<TItem>>> set)
        where TItem : class, new() =>
        Member(name, new JsonListUnmarshaller<List<TItem>, JsonListUnmarshaller<TItem, Structure<TItem>>>(ListOf(item)), set);

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

    private static JsonListUnmarshaller<TItem, Structure<TItem>> ListOf<TItem>(Structure<TItem> item)
        where TItem : class, new() => new(item);
}
