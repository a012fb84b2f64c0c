using System.Buffers;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace Amazon.CodeDeploy.Wire;

/// <summary>One operation on the wire: how its request is written, how its answer is read, and the errors that it declares.</summary>
internal sealed class Operation<TRequest, TResponse>(
    string name, Action<Utf8JsonWriter, TRequest> writeMembers, Structure<TResponse> answer, params DeclaredError[] errors)
    : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonCodeDeployRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
            json.Object((TRequest)input, writeMembers);

        return new DefaultRequest(input, "Amazon.CodeDeploy")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = body.WrittenSpan.ToArray(),
            Headers =
            {
                ["X-Amz-Target"] = $"CodeDeploy_20141006.{name}",
                [HeaderKeys.ContentTypeHeader] = "application/x-amz-json-1.1",
                [HeaderKeys.XAmzApiVersion] = "2014-10-06",
            },
        };
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        // What has no output may be answered with an empty body.
        if (answer.IsEmpty)
            return new TResponse();

        var reader = new StreamingUtf8JsonReader(input.Stream);
        return answer.Unmarshall(input, ref reader) ?? new TResponse();
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        using var body = ErrorBody(input.Stream);
        var reader = new StreamingUtf8JsonReader(body);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return DeclaredError.ToException(error, errors);
    }

    /// <summary>
    /// The body without the white space before it: behind as much of it as its buffer holds, the SDK's reader of errors goes round for ever (AWSSDK.Core 4.0.102).
    /// No error of a service is longer than what is read here.
    /// </summary>
    private static MemoryStream ErrorBody(Stream stream)
    {
        const int limit = 1024 * 1024;
        var body = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; body.Length < limit && (read = stream.Read(buffer)) > 0;)
        {
            var part = buffer.AsSpan(0, read);
            body.Write(body.Length == 0 ? part.TrimStart(" \t\r\n"u8) : part);
        }

        body.Position = 0;
        return body;
    }
}
