package io.qilin.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.FuzzBytes;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A policy of any bytes is refused, or decides. */
class PolicyFuzzTest {
  @Test
  void whenFuzzedShortly_thenAllHolds() {
    byte[] good =
        Policies.json("{'revision': 1, 'roles': {'trader': {'permissions': ['read:factors/*']}},"
            + "'subjects': {'u1': ['trader']}, 'rules': [{'id': 'a', 'effect': 'deny',"
            + "'permissions': ['read:**'], 'when': {'figureAtMost': {'deviceTrust': 0.5}}}]}");
    FuzzBytes.shortRun(300, good, this::whenAPolicyIsAnything_thenItIsRefusedOrDecides);
  }

  @FuzzTest
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
