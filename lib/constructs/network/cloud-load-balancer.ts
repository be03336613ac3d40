import type { AlibabaClb, AlibabaNlb } from './clouds/alibaba.ts';
import type { AwsNlb } from './clouds/aws.ts';
import type { DigitalOceanLoadBalancer } from './clouds/digital-ocean.ts';

/** What a cloud's load balancer is told, by annotations of the Service. */
export type CloudLoadBalancer = AlibabaClb | AlibabaNlb | AwsNlb | DigitalOceanLoadBalancer;
