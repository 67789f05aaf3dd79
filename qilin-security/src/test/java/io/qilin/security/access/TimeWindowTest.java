package io.qilin.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWindowTest {
  /** 2026-11-27 is a Friday. */
  @ParameterizedTest
  @CsvSource({
    "09:15, 15:00, FRIDAY, 2026-11-27T09:15:00+08:00, true",
    "09:15, 15:00, FRIDAY, 2026-11-27T09:14:59+08:00, false",
    "09:15, 15:00, FRIDAY, 2026-11-27T14:59:59+08:00, true",
    "09:15, 15:00, FRIDAY, 2026-11-27T15:00:00+08:00, false",
    "09:15, 15:00, FRIDAY, 2026-11-28T10:00:00+08:00, false",
    "09:15, 15:00, FRIDAY, 2026-11-27T03:00:00Z, true",
    "22:00, 02:00, FRIDAY, 2026-11-27T22:00:00+08:00, true",
    "22:00, 02:00, FRIDAY, 2026-11-28T01:59:59+08:00, true",
    "22:00, 02:00, FRIDAY, 2026-11-28T02:00:00+08:00, false",
    "22:00, 02:00, FRIDAY, 2026-11-27T01:00:00+08:00, false",
    "22:00, 02:00, FRIDAY, 2026-11-28T23:00:00+08:00, false"
  })
  void whenThereIsAWindow_thenItHoldsFromItsStartToBeforeItsEnd(
      String from, String to, String day, String at, boolean inside) {
    AccessPolicy policy =
        Policies.trading("{'id': 'x', 'effect': 'allow', 'permissions': ['drop:**'],"
            + "'everyone': true, 'when': {'time': {'zone': 'Asia/Shanghai', 'from': '" + from
            + "', 'to': '" + to + "', 'days': ['" + day + "']}}}");
    AccessContext context = AccessContext.at(OffsetDateTime.parse(at).toInstant());

    assertThat(policy
            .decide(new AccessRequest(Identity.of("x"), "drop", "it", context))
            .allowed())
        .isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-08T06:59:00Z, true",
    "2026-03-08T07:00:00Z, false",
    "2026-11-01T05:30:00Z, true",
    "2026-11-01T06:30:00Z, true",
    "2026-11-01T07:00:00Z, false"
  })
  void whenClocksChange_thenTheLocalHourCounts(String at, boolean inside) {
    AccessPolicy policy = Policies.trading(
        "{'id': 'x', 'effect': 'allow', 'permissions': ['drop:**'],"
            + "'everyone': true, 'when': {'time': {'zone': 'America/New_York', 'from': '01:00', 'to': '02:00'}}}");
    AccessContext context = AccessContext.at(OffsetDateTime.parse(at).toInstant());

    assertThat(policy
            .decide(new AccessRequest(Identity.of("x"), "drop", "it", context))
            .allowed())
        .isEqualTo(inside);
  }
}
