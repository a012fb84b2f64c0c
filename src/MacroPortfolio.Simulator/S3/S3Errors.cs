using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>S3's errors that several operations answer. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</summary>
public static class S3Errors
{
    public static AwsException NoSuchBucket() => new(404, "NoSuchBucket", "The specified bucket does not exist");

    public static AwsException NoSuchKey() => new(404, "NoSuchKey", "The specified key does not exist.");

    public static AwsException NoSuchVersion() => new(404, "NoSuchVersion", "The specified version does not exist.");

    public static AwsException NoSuchUpload() => new(404, "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");

    public static AwsException MethodNotAllowed() => new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");

    public static AwsException PreconditionFailed() => new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

    public static AwsException InvalidArgument(string message) => new(400, "InvalidArgument", message);

    public static AwsException MalformedXml() => new(400, "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema");

    public static AwsException NotImplemented() => new(501, "NotImplemented", "A header you provided implies functionality that is not implemented");
}
