package io.qilin.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretLeasesTest {
  private static final Instant START = Instant.parse("2026-01-05T01:00:00Z");
  private static final String FIRST = "first-3Kd8Sq7b";
  private static final String SECOND = "second-9Zx4Vb2m";

  private final MemorySecrets memory = new MemorySecrets();
  private final SettableClock clock = SettableClock.at(START);
  private final SecretLeases leases = SecretLeases.of(memory, clock, Duration.ofMinutes(5));

  private static void unavailable(Runnable call, String why) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_UNAVAILABLE))
        .hasMessageContaining(why)
        .hasMessageNotContaining(FIRST);
  }

  @Test
  void whenALeaseRuns_thenItGivesTheSecretUntilItsEnd() {
    memory.put("db", Secret.of(FIRST));
    SecretLease lease = leases.lease("db");

    assertThat(lease.reveal()).isEqualTo(FIRST.toCharArray());
    assertThat(lease.name()).isEqualTo("db");
    assertThat(lease.version()).isEqualTo(1);
    assertThat(lease.expires()).isEqualTo(START.plusSeconds(300));
    clock.set(START.plusSeconds(299));
    assertThat(lease.reveal()).isEqualTo(FIRST.toCharArray());
    clock.set(START.plusSeconds(300));
    unavailable(lease::reveal, "expired");
    clock.set(START);
    unavailable(lease::reveal, "closed");
    assertThat(lease.toString()).doesNotContain(FIRST);
  }

  @Test
  void whenALeaseIsClosed_thenItGivesNothing() {
    memory.put("db", Secret.of(FIRST));
    SecretLease lease = leases.lease("db");
    char[] own = lease.reveal();
    lease.close();
    lease.close();

    unavailable(lease::reveal, "closed");
    assertThat(own).isEqualTo(FIRST.toCharArray());
  }

  @Test
  void whenTheClockGoesBack_thenTheLeaseIsNotLonger() {
    memory.put("db", Secret.of(FIRST));
    SecretLease lease = leases.lease("db");
    clock.set(START.minusSeconds(1));

    unavailable(lease::reveal, "to come");
  }

  @Test
  void whenASecretChanges_thenListenersAreToldOnceAndTheFailingOnesDoNotHinder() {
    List<SecretRotation> told = new ArrayList<>();
    leases.listen(rotation -> {
      throw new UnsupportedOperationException("listener");
    });
    leases.listen(told::add);
    memory.put("db", Secret.of(FIRST));
    assertThat(leases.lease("db").version()).isEqualTo(1);
    assertThat(leases.refresh()).isEmpty();
    memory.put("db", Secret.of(SECOND));
    clock.set(START.plusSeconds(7));

    assertThat(leases.refresh()).containsExactly(new SecretRotation("db", 2, START.plusSeconds(7)));
    assertThat(leases.refresh()).isEmpty();
    memory.put("db", Secret.of(FIRST));
    assertThat(leases.lease("db").version()).isEqualTo(3);
    assertThat(told).extracting(SecretRotation::version).containsExactly(2L, 3L);
  }

  @Test
  void whenASecretIsLentAgain_thenItIsOfTheSameVersion() {
    memory.put("db", Secret.of(FIRST));
    leases.lease("db");

    SecretLease again = leases.lease("db");
    assertThat(again.version()).isEqualTo(1);
    assertThat(again.reveal()).isEqualTo(FIRST.toCharArray());
    assertThat(again).hasToString("SecretLease[db, version 1, until 2026-01-05T01:05:00Z]");
  }

  @Test
  void whenTenThousandSecretsAreLent_thenNoFurtherOneIsAndChangesAreStillSeen() {
    AtomicReference<String> value = new AtomicReference<>(FIRST);
    SecretLeases many =
        SecretLeases.of(name -> Optional.of(Secret.of(value.get())), clock, Duration.ofMinutes(5));
    for (int i = 0; i < 10_000; i++) {
      many.lease("s" + i);
    }

    unavailable(() -> many.lease("one-more"), "10000");
    value.set(SECOND);
    assertThat(many.lease("s0").version()).isEqualTo(2);
  }

  @Test
  void whenThereIsNoSecret_thenThereIsNoLease() {
    unavailable(() -> leases.lease("db"), "none of this name");
    memory.put("db", Secret.of(FIRST));
    leases.lease("db");
    memory.remove("db");
    unavailable(leases::refresh, "none of this name");
    assertThat(leases.refresh()).isEmpty();
  }

  @Test
  void whenTheProviderFails_thenThereIsNoLease() {
    unavailable(
        () -> SecretLeases.of(name -> null, clock, Duration.ofMinutes(1)).lease("db"), "null");
    SecretLeases throwing = SecretLeases.of(
        name -> {
          throw new UnsupportedOperationException(FIRST);
        },
        clock,
        Duration.ofMinutes(1));
    unavailable(() -> throwing.lease("db"), "UnsupportedOperationException");
  }

  @Test
  void whenTheLifeIsOutOfRange_thenItIsRefused() {
    for (Duration life :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(30).plusNanos(1))) {
      assertThatThrownBy(() -> SecretLeases.of(memory, clock, life))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
    memory.put("db", Secret.of(FIRST));
    assertThat(SecretLeases.of(memory, clock, Duration.ofDays(30)).lease("db").expires())
        .isEqualTo(START.plusSeconds(30 * 86_400));
  }
}
