using Amazon.Runtime;

namespace Amazon.CodeDeploy;

public class AmazonCodeDeployRequest : AmazonWebServiceRequest;
