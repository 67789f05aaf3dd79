package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.secret.Secret;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class VaultSecretsTest extends VaultFixture {
  private static final String READ = "GET secret/data/api-key";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final List<String> staleNames = new ArrayList<>();
  private VaultClient client;
  private VaultSecrets secrets;

  @BeforeEach
  void open() {
    client = open(builder(role()).attempts(1));
    secrets = VaultSecrets.builder(client, "secret").build();
    vault.kv.put("api-key", Map.of("value", "s3cr3t-one", "user", "anna"));
  }

  private VaultSecrets withStale() {
    return VaultSecrets.builder(client, "secret")
        .staleUpTo(Duration.ofMinutes(10))
        .onStale(staleNames::add)
        .build();
  }

  private static Optional<String> text(VaultSecrets secrets) {
    return secrets.secret("api-key").map(Secret::reveal);
  }

  @Test
  void whenAskedAgainSoon_thenTheServerIsNot() {
    text(secrets);
    vault.clock.advance(MINUTE.minusSeconds(1));
    text(secrets);
    assertThat(vault.count(READ)).isEqualTo(1);

    vault.kv.put("api-key", Map.of("value", "s3cr3t-two"));
    vault.clock.advance(Duration.ofSeconds(1));
    assertThat(text(secrets)).contains("s3cr3t-two");
    assertThat(vault.count(READ)).isEqualTo(2);
  }

  @Test
  void whenNothingIsToBeKept_thenEachCallAsks() {
    VaultSecrets fresh =
        VaultSecrets.builder(client, "secret").maxAge(Duration.ZERO).build();
    text(fresh);
    text(fresh);

    assertThat(vault.count(READ)).isEqualTo(2);
  }

  @Test
  void whenTheClockGoesBack_thenACopyFromTheFutureIsNotBelieved() {
    text(secrets);
    vault.clock.advance(Duration.ofSeconds(-5));
    text(secrets);

    assertThat(vault.count(READ)).isEqualTo(2);
  }

  @Test
  void whenTheFieldIsInTheName_thenItIsTakenFromThere() {
    VaultSecrets fields =
        VaultSecrets.builder(client, "secret").lastPartIsField().build();

    assertThat(fields.secret("api-key/user").map(Secret::reveal)).contains("anna");
    assertThat(fields.secret("api-key/other")).isEmpty();
    assertThat(code(() -> fields.secret("api-key"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void whenTheFieldIsNoText_thenItIsUnavailableAndNotAbsent() {
    vault.kv.put("list", FakeVault.MAPPER.readTree("{\"value\":[\"canary\"]}"));
    vault.kv.put("blank", Map.of("value", ""));

    assertThat(code(() -> secrets.secret("list"))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(code(() -> secrets.secret("blank"))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenTheServerIsDownAndNobodyAllowedCopies_thenTheCallFails() {
    text(secrets);
    vault.stop();
    assertThat(text(secrets)).contains("s3cr3t-one");

    vault.clock.advance(MINUTE);
    assertThat(code(() -> text(secrets))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenCopiesAreAllowed_thenOneIsGivenMarkedUpToItsAge() throws Exception {
    VaultSecrets stale = withStale();
    assertThat(stale.look("api-key").orElseThrow().stale()).isFalse();
    vault.stop();
    vault.clock.advance(Duration.ofMinutes(9));

    VaultReading reading = stale.look("api-key").orElseThrow();
    assertThat(reading.stale()).isTrue();
    assertThat(reading.secret().reveal()).isEqualTo("s3cr3t-one");
    assertThat(reading.toString()).doesNotContain("s3cr3t");
    assertThat(staleNames).containsExactly("api-key");

    vault.clock.advance(MINUTE);
    assertThat(code(() -> stale.look("api-key"))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    vault.start();
    assertThat(stale.look("api-key").orElseThrow().stale()).isFalse();
  }

  @Test
  void whenTheServerIsSealedOrBusy_thenACopyIsGivenToo() {
    VaultSecrets stale = withStale();
    stale.look("api-key");
    vault.clock.advance(MINUTE);
    vault.sealed = true;
    assertThat(stale.look("api-key").orElseThrow().stale()).isTrue();
    vault.sealed = false;
    vault.failAlways(READ, FakeVault.error(429, "too many"));
    assertThat(stale.look("api-key").orElseThrow().stale()).isTrue();
  }

  @Test
  void whenTheExecutorOfTheHttpClientIsFull_thenACopyIsGivenToo() {
    AtomicBoolean full = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      HttpClient http = HttpClient.newBuilder()
          .executor(task -> {
            if (full.get()) {
              throw new RejectedExecutionException("full");
            }
            threads.execute(task);
          })
          .build();
      VaultClient narrow =
          open(VaultClient.builder(vault.address(), role(), http, vault.clock).attempts(1));
      VaultSecrets stale = VaultSecrets.builder(narrow, "secret")
          .staleUpTo(Duration.ofMinutes(10))
          .build();
      stale.look("api-key");
      vault.clock.advance(MINUTE);
      full.set(true);

      assertThat(stale.look("api-key").orElseThrow().stale()).isTrue();
      full.set(false);
      assertThat(stale.look("api-key").orElseThrow().stale()).isFalse();
    } finally {
      client.close();
      threads.shutdown();
    }
  }

  @Test
  void whenAccessIsWithdrawn_thenNoCopyIsGivenEvenIfAllowed() {
    VaultSecrets stale = withStale();
    stale.look("api-key");
    vault.clock.advance(MINUTE);
    vault.denied.add("secret/");

    assertThat(code(() -> stale.look("api-key"))).isEqualTo(ErrorCode.AUTHORIZATION);
    vault.stop();
    assertThat(code(() -> stale.look("api-key"))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenTheSecretIsDeleted_thenTheCopyIsForgotten() {
    VaultSecrets stale = withStale();
    stale.look("api-key");
    vault.kv.delete("api-key");
    vault.clock.advance(MINUTE);

    assertThat(stale.look("api-key")).isEmpty();
    vault.stop();
    assertThat(code(() -> stale.look("api-key"))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenASecretIsRotated_thenListenersAreToldAndTheNextCallHasIt() {
    List<VaultRotation> told = new ArrayList<>();
    secrets.listen(rotation -> {
      throw new IllegalStateException("a listener of others");
    });
    secrets.listen(rotation -> {
      throw new NoClassDefFoundError("a listener without its jar");
    });
    secrets.listen(told::add);
    text(secrets);
    assertThat(secrets.refresh()).isEmpty();

    vault.kv.put("api-key", Map.of("value", "s3cr3t-two"));
    List<VaultRotation> rotations = secrets.refresh();

    assertThat(rotations)
        .containsExactly(new VaultRotation("api-key", 2, false, vault.clock.instant()));
    assertThat(told).isEqualTo(rotations);
    assertThat(text(secrets)).contains("s3cr3t-two");
    assertThat(secrets.refresh()).isEmpty();
    assertThat(vault.count(READ)).isEqualTo(2);
  }

  @Test
  void whenASecretIsDeletedOrPurged_thenTheRotationSaysGone() {
    text(secrets);
    vault.kv.delete("api-key");

    assertThat(secrets.refresh())
        .containsExactly(new VaultRotation("api-key", 1, true, vault.clock.instant()));
    assertThat(text(secrets)).isEmpty();
  }

  @Test
  void whenACallReadsTheNewVersionBeforeTheWatch_thenListenersAreToldOnceAllTheSame() {
    List<VaultRotation> told = new ArrayList<>();
    secrets.listen(told::add);
    text(secrets);
    vault.kv.put("api-key", Map.of("value", "s3cr3t-two"));
    vault.clock.advance(MINUTE);

    assertThat(text(secrets)).contains("s3cr3t-two");
    assertThat(told).containsExactly(new VaultRotation("api-key", 2, false, vault.clock.instant()));
    assertThat(text(secrets)).contains("s3cr3t-two");
    assertThat(secrets.refresh()).isEmpty();
    assertThat(told).hasSize(1);
  }

  @Test
  void whenADeletedSecretComesBack_thenThatIsARotationToo() {
    List<VaultRotation> told = new ArrayList<>();
    secrets.listen(told::add);
    text(secrets);
    vault.kv.delete("api-key");
    vault.clock.advance(MINUTE);
    assertThat(text(secrets)).isEmpty();
    vault.kv.put("api-key", Map.of("value", "s3cr3t-two"));
    secrets.refresh();

    assertThat(told.stream().map(rotation -> rotation.version() + " " + rotation.gone()))
        .containsExactly("0 true", "2 false");
  }

  @Test
  void whenASlowAnswerComesAfterAChangeWasNoticed_thenItIsNotKept() throws Exception {
    List<VaultRotation> told = new ArrayList<>();
    secrets.listen(told::add);
    text(secrets);
    vault.clock.advance(MINUTE);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch noticed = new CountDownLatch(1);
    String old = FakeVault.MAPPER
        .createObjectNode()
        .set(
            "data",
            FakeVault.MAPPER.readTree(
                "{\"data\":{\"value\":\"s3cr3t-one\"},\"metadata\":{\"version\":1,"
                    + "\"created_time\":\"2026-03-02T01:00:00Z\"}}"))
        .toString();
    vault.failFirst(READ, exchange -> {
      asked.countDown();
      noticed.await();
      FakeVault.raw(200, "application/json", old).write(exchange);
    });
    ExecutorService slow = Executors.newSingleThreadExecutor();
    try {
      Future<Optional<String>> answer = slow.submit(() -> text(secrets));
      asked.await();
      vault.kv.put("api-key", Map.of("value", "s3cr3t-two"));
      secrets.refresh();
      noticed.countDown();

      assertThat(answer.get(1, TimeUnit.MINUTES)).contains("s3cr3t-one");
    } finally {
      slow.shutdownNow();
    }
    assertThat(text(secrets)).contains("s3cr3t-two");
    assertThat(told).hasSize(1);
  }

  @Test
  void whenASecretIsPurgedAndWrittenAnew_thenItsLowerVersionIsAChangeToo() {
    vault.kv.put("api-key", Map.of("value", "s3cr3t-two"));
    text(secrets);
    vault.kv.purge("api-key");
    vault.kv.put("api-key", Map.of("value", "s3cr3t-three"));

    assertThat(secrets.refresh())
        .containsExactly(new VaultRotation("api-key", 1, false, vault.clock.instant()));
    assertThat(text(secrets)).contains("s3cr3t-three");
  }

  @Test
  void whenMetadataMayNotBeRead_thenRefreshSaysSoAndComparesTheOthers() {
    vault.kv.put("other", Map.of("value", "s3cr3t-other"));
    text(secrets);
    secrets.secret("other");
    List<VaultRotation> told = new ArrayList<>();
    secrets.listen(told::add);
    vault.denied.add("secret/metadata/api-key");
    vault.kv.put("other", Map.of("value", "s3cr3t-new"));

    assertThat(code(secrets::refresh)).isEqualTo(ErrorCode.AUTHORIZATION);
    assertThat(told).hasSize(1);
  }

  /** Keeps the task for the test to run. */
  private static final class HandScheduler extends ScheduledThreadPoolExecutor {
    private final List<Runnable> tasks = new ArrayList<>();
    private ScheduledFuture<?> future;

    HandScheduler() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long first, long delay, TimeUnit unit) {
      tasks.add(task);
      future = super.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.DAYS);
      return future;
    }
  }

  @Test
  void whenWatched_thenEachTurnComparesAndAFailureDoesNotEndIt() throws Exception {
    List<VaultRotation> told = new ArrayList<>();
    secrets.listen(told::add);
    text(secrets);
    HandScheduler scheduler = new HandScheduler();
    try {
      VaultSecrets.Watch watch = secrets.watch(scheduler, MINUTE);
      vault.stop();
      scheduler.tasks.get(0).run();
      vault.start();
      vault.kv.put("api-key", Map.of("value", "s3cr3t-two"));
      scheduler.tasks.get(0).run();
      assertThat(told).hasSize(1);

      watch.close();
      assertThat(scheduler.future.isCancelled()).isTrue();
    } finally {
      scheduler.shutdownNow();
    }
    assertThat(code(() -> secrets.watch(scheduler, Duration.ofMillis(1))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    ScheduledThreadPoolExecutor gone = new ScheduledThreadPoolExecutor(1);
    gone.shutdown();
    assertThat(code(() -> secrets.watch(gone, MINUTE))).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
  }

  @Test
  void whenForgotten_thenTheNextCallAsks() {
    text(secrets);
    secrets.forget();
    text(secrets);

    assertThat(vault.count(READ)).isEqualTo(2);
  }

  @Test
  void whenAnAgeIsOutOfItsBounds_thenItIsRefused() {
    VaultSecrets.Builder builder = VaultSecrets.builder(client, "secret");
    assertThat(code(() -> builder.maxAge(Duration.ofDays(31))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(code(() -> builder.staleUpTo(Duration.ofSeconds(-1))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(code(() -> builder.folder("../x"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }
}
