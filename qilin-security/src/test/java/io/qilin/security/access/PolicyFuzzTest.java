package io.qilin.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.FuzzBytes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy of any bytes is refused, or decides. */
class PolicyFuzzTest {
  /** One policy with every kind of condition, and smaller ones. */
  static List<byte[]> seeds() {
    return List.of(
        Policies.json("{'revision': 1, 'roles': {'trader': {'permissions': ['read:factors/*']}},"
            + "'subjects': {'u1': ['trader']}, 'rules': [{'id': 'a', 'effect': 'deny',"
            + "'permissions': ['read:**'], 'when': {'figureAtMost': {'deviceTrust': 0.5}}}]}"),
        Policies.json("{'revision': 7, 'roles': {'viewer': {'permissions': ['read:market/**']},"
            + "'trader': {'inherits': ['viewer'], 'permissions': ['*:orders/*']}},"
            + "'subjects': {'u1': ['trader']}, 'rolesFromTokens': ['viewer'], 'rules': ["
            + "{'id': 'b', 'effect': 'allow', 'everyone': true, 'permissions': ['read:factors/**'],"
            + "'when': {'all': [{'figureAtLeast': {'deviceTrust': 0.5}},"
            + "{'any': [{'deviceIn': ['d1']}, {'addressIn': ['10.0.0.0/8', '2001:db8::/32']}]},"
            + "{'not': {'contextIn': {'desk': ['x']}}}, {'identityIn': {'team': ['a', 'b']}},"
            + "{'time': {'zone': 'Asia/Shanghai', 'from': '09:15', 'to': '15:00',"
            + "'days': ['MONDAY', 'FRIDAY']}}]}},"
            + "{'id': 'c', 'effect': 'stepUp', 'roles': ['trader'], 'permissions': ['submit:**'],"
            + "'methods': ['otp'], 'maxAgeSeconds': 300,"
            + "'when': {'authenticated': {'methods': ['otp'], 'maxAgeSeconds': 60}}},"
            + "{'id': 'd', 'effect': 'deny', 'subjects': ['u1'], 'permissions': ['read:a/*/b']}]}"),
        Policies.json("{'revision': 1, 'roles': {}, 'subjects': {}, 'rules': []}"));
  }

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    FuzzBytes.shortRun(300, seeds(), this::whenAPolicyIsAnything_thenItIsRefusedOrDecides);
  }

  @Test
  void whenASeedIsRead_thenItIsAPolicy() {
    assertThat(seeds()).allSatisfy(seed -> assertThat(AccessPolicy.parse(seed)).isNotNull());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void whenAPolicyIsAnything_thenItIsRefusedOrDecides(byte[] json) {
    try {
      AccessPolicy policy = AccessPolicy.parse(json);
      AccessRequest request = new AccessRequest(
          Identity.of("u1"), "read", "factors/alpha158", AccessContext.at(Instant.EPOCH));
      assertThat(policy.decide(request)).isEqualTo(AccessPolicy.parse(json).decide(request));
    } catch (QilinException refused) {
      assertThat(refused.code())
          .isIn(
              ErrorCode.INPUT_REJECTED, ErrorCode.LIMIT_EXCEEDED, ErrorCode.INVALID_CONFIGURATION);
    }
  }
}
