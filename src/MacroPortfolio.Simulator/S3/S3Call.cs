using System.Text;
using System.Xml;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.S3;

/// <summary>An authenticated request on its way to an answer.</summary>
public sealed class S3Call(Exchange exchange, S3Request request, Principal principal, IGuard guard, S3Store store)
{
    public static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public S3Request Request { get; } = request;

    /// <summary>The caller's.</summary>
    public string Account => principal.Account;
    public HttpRequest HttpRequest => exchange.Http.Request;
    public HttpResponse Response => exchange.Http.Response;

    public S3Payload Payload() => S3Payload.Read(exchange);

    /// <summary>The request's XML, or null when it has no body.</summary>
    public XElement? Document()
    {
        var bytes = Payload().Bytes;
        if (bytes.IsEmpty)
            return null;
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(bytes.Span));
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    /// <summary>Demands the action on what the path names: the object, the bucket or all buckets.</summary>
    /// <param name="version">The version that it is about, where conditions can look at its tags.</param>
    public void Demand(string action, S3Version? version = null) => Demand(action, Request.Level switch
    {
        S3Level.Key => $"arn:aws:s3:::{Request.Bucket}/{Request.Key}",
        S3Level.Bucket => $"arn:aws:s3:::{Request.Bucket}",
        _ => "*",
    }, version);

    public void DemandOnBucket(string action) => Demand(action, $"arn:aws:s3:::{Request.Bucket}", null);

    /// <summary>For a bucket that is to be the caller's, whoever has one of that name now.</summary>
    public void DemandInOwnAccount(string action) =>
        guard.Demand(principal, new Access(action, $"arn:aws:s3:::{Request.Bucket}") { Keys = S3Keys.Of(Request, action, Account, null) });

    private void Demand(string action, string resource, S3Version? version)
    {
        var (owner, policy) = store.GuardsOf(Request.Bucket);
        guard.Demand(principal, new Access(action, resource) { ResourceAccount = owner, ResourcePolicy = policy, Keys = S3Keys.Of(Request, action, owner ?? Account, version) });
    }

    /// <summary>A number among the query parameters.</summary>
    public int Number(string name, int otherwise, int maximum)
    {
        if (!Request.Query.TryGetValue(name, out var text))
            return otherwise;
        if (!int.TryParse(text, out var number) || number < 0)
            throw S3Errors.InvalidArgument($"Provided {name} not an integer or within integer range");
        return Math.Min(number, maximum);
    }

    public Task XmlAsync(XElement document, int status = 200) => XmlAsync(Response, document, status);

    public static async Task XmlAsync(HttpResponse response, XElement document, int status)
    {
        // Keys may hold characters that XML 1.0 forbids; S3 writes them as references all the same.
        using var buffer = new MemoryStream();
        var settings = new XmlWriterSettings { CheckCharacters = false, Encoding = new UTF8Encoding(false) };
        using (var writer = XmlWriter.Create(buffer, settings))
            document.Save(writer);

        response.StatusCode = status;
        response.ContentType = "application/xml";
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    public Task EmptyAsync(int status = 200)
    {
        Response.StatusCode = status;
        if (status != 204)
            Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>Time as S3's XML has it.</summary>
    public static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
