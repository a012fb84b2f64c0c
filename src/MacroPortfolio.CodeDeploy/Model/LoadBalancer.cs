namespace Amazon.CodeDeploy.Model;

public class LoadBalancerInfo
{
    public List<ELBInfo> ElbInfoList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public List<TargetGroupInfo> TargetGroupInfoList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public List<TargetGroupPairInfo> TargetGroupPairInfoList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class ELBInfo
{
    public string Name { get; set; }
}

public class TargetGroupInfo
{
    public string Name { get; set; }
}

public class TargetGroupPairInfo
{
    public TrafficRoute ProdTrafficRoute { get; set; }
    public List<TargetGroupInfo> TargetGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public TrafficRoute TestTrafficRoute { get; set; }
}

public class TrafficRoute
{
    public List<string> ListenerArns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
