package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class VaultLoginTest extends VaultFixture {
  private static final String LOGIN = "POST auth/approle/login";
  private static final String RENEW = "POST auth/token/renew-self";
  private static final String REVOKE = "POST auth/token/revoke-self";
  private static final String LOOK_UP = "GET auth/token/lookup-self";
  private static final int THREADS = 8;

  @BeforeEach
  void write() {
    vault.kv.put("app", Map.of("value", "s3cr3t"));
  }

  private static Optional<Secret> read(VaultClient client) {
    return VaultKv.at(client, "secret").read("app").flatMap(secret -> secret.field("value"));
  }

  @Test
  void whenOpened_thenNothingIsSentBeforeTheFirstRequest() {
    VaultClient client = open(builder(role()));
    assertThat(vault.requests).isEmpty();

    assertThat(read(client)).isPresent();
    read(client);
    assertThat(vault.count(LOGIN)).isEqualTo(1);
  }

  @Test
  void whenTwoThirdsOfTheLifeAreOver_thenTheTokenIsRenewedOnce() {
    VaultClient client = open(builder(role()));
    read(client);

    vault.clock.advance(Duration.ofMinutes(39));
    read(client);
    assertThat(vault.count(RENEW)).isZero();
    vault.clock.advance(Duration.ofMinutes(2));
    read(client);
    read(client);

    assertThat(vault.count(RENEW)).isEqualTo(1);
    assertThat(vault.count(LOGIN)).isEqualTo(1);
  }

  @Test
  void whenRenewedAgainAndAgain_thenItLogsInWhenTheLongestLifeIsReached() {
    VaultClient client = open(builder(role()));
    for (int i = 0; i < 40; i++) {
      vault.clock.advance(Duration.ofMinutes(45));
      client.keepAlive();
      assertThat(read(client)).isPresent();
    }

    assertThat(vault.count(LOGIN)).isBetween(2L, 3L);
  }

  @Test
  void whenTheTokenHasEnded_thenItLogsInAgain() {
    VaultClient client = open(builder(role()));
    read(client);
    vault.clock.advance(Duration.ofHours(2));

    assertThat(read(client)).isPresent();
    assertThat(vault.count(LOGIN)).isEqualTo(2);
  }

  @Test
  void whenRenewalIsRefused_thenItLogsInAgain() {
    VaultClient client = open(builder(role()));
    read(client);
    vault.failAlways(RENEW, FakeVault.error(403, "permission denied for canary"));
    vault.clock.advance(Duration.ofMinutes(45));

    assertThat(read(client)).isPresent();
    assertThat(vault.count(LOGIN)).isEqualTo(2);
  }

  @Test
  void whenTheTokenIsNotRenewable_thenItLogsInBeforeItEnds() {
    vault.renewable = false;
    VaultClient client = open(builder(role()));
    read(client);
    vault.clock.advance(Duration.ofMinutes(45));
    read(client);

    assertThat(vault.count(RENEW)).isZero();
    assertThat(vault.count(LOGIN)).isEqualTo(2);
  }

  @Test
  void whenRenewalCannotBeHad_thenTheTokenIsUsedAsLongAsItLivesAndNotRenewedAtEachCall() {
    VaultClient client = open(builder(role()).attempts(1));
    read(client);
    vault.failAlways(RENEW, FakeVault.error(500, "internal error"));
    vault.clock.advance(Duration.ofMinutes(45));

    for (int i = 0; i < 20; i++) {
      assertThat(read(client)).isPresent();
    }
    assertThat(vault.count(RENEW)).isEqualTo(1);

    vault.fault = request -> Optional.empty();
    vault.clock.advance(Duration.ofMinutes(10));
    assertThat(read(client)).isPresent();
    assertThat(vault.count(RENEW)).isEqualTo(2);
    assertThat(vault.count(LOGIN)).isEqualTo(1);
  }

  @Test
  void whenTheTokenWasRevoked_thenItLogsInAndAsksOnceMore() {
    VaultClient client = open(builder(role()));
    read(client);
    vault.tokens.keySet().removeIf(token -> !token.equals(FakeVault.ROOT));

    assertThat(read(client)).isPresent();
    assertThat(vault.count(LOGIN)).isEqualTo(2);
  }

  @Test
  void whenAPolicyForbids_thenItIsAuthorizationAndNoReasonToLogIn() {
    vault.denied.add("secret/data/app");
    VaultClient client = open(builder(role()));

    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.AUTHORIZATION);
    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.AUTHORIZATION);
    assertThat(vault.count(LOGIN)).isEqualTo(1);
  }

  @Test
  void whenATokenMayNotLookItselfUp_thenWhatAPolicyForbidsDoesNotMakeItLogInEachTime() {
    vault.denied.add("auth/token/lookup-self");
    vault.denied.add("secret/data/app");
    VaultClient client = open(builder(role()));

    for (int i = 0; i < 5; i++) {
      assertThat(code(() -> read(client))).isEqualTo(ErrorCode.AUTHORIZATION);
    }
    assertThat(vault.count(LOGIN)).isEqualTo(2);
  }

  @Test
  void whenClosedDuringALogin_thenItsTokenIsRevokedToo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    vault.fault = request -> {
      if (request.line().equals(LOGIN)) {
        asked.countDown();
        await(closed);
      }
      return Optional.empty();
    };
    VaultClient client = open(builder(role()));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<ErrorCode> reading = thread.submit(() -> code(() -> read(client)));
      asked.await();
      client.close();
      closed.countDown();
      assertThat(reading.get(1, TimeUnit.MINUTES)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    } finally {
      thread.shutdownNow();
    }
    assertThat(vault.count(LOGIN)).isEqualTo(1);
    assertThat(vault.tokens.keySet()).containsExactly(FakeVault.ROOT);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whenARequestRunsDuringClose_thenItDoesNotLogInAgain() throws Exception {
    VaultClient client = open(builder(role()));
    read(client);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch revoked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    // The request is refused, as its token was revoked, while the answer to the revoking is still
    // on its way.
    vault.fault = request -> switch (request.line()) {
      case "GET secret/data/app" ->
        Optional.of(exchange -> {
          asked.countDown();
          revoked.await();
          FakeVault.error(403, "permission denied").write(exchange);
        });
      case LOOK_UP -> Optional.of(FakeVault.error(403, "permission denied"));
      case REVOKE ->
        Optional.of(exchange -> {
          revoked.countDown();
          answered.await();
          FakeVault.none().write(exchange);
        });
      default -> Optional.empty();
    };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<ErrorCode> reading = threads.submit(() -> code(() -> read(client)));
      asked.await();
      Future<?> closing = threads.submit(client::close);
      assertThat(reading.get(1, TimeUnit.MINUTES)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
      answered.countDown();
      closing.get(1, TimeUnit.MINUTES);
    } finally {
      threads.shutdownNow();
    }
    assertThat(vault.count(LOGIN)).isEqualTo(1);
  }

  @Test
  void whenTheSecretIdIsWrong_thenItIsAuthenticationAndRecoversWithAnother() {
    AtomicReference<String> id = new AtomicReference<>("wrong-canary");
    VaultClient client =
        open(builder(VaultLogin.appRole(FakeVault.ROLE, () -> Secret.of(id.get()))));

    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.AUTHENTICATION);
    id.set(vault.secretId);
    assertThat(read(client)).isPresent();
  }

  @Test
  void whenTheSupplierThrows_thenItsWordsAreNotPassedOn() {
    VaultClient client = open(builder(VaultLogin.appRole(FakeVault.ROLE, () -> {
      throw new IllegalStateException("canary");
    })));

    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(code(() -> read(open(builder(VaultLogin.token(() -> null))))))
        .isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenTheSupplierAsksTheClientThatWaitsForIt_thenItIsToldAndDoesNotHang() {
    AtomicReference<VaultClient> self = new AtomicReference<>();
    VaultClient client =
        open(builder(VaultLogin.appRole(FakeVault.ROLE, () -> read(self.get()).orElseThrow())));
    self.set(client);

    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void whenClosed_thenItsOwnTokenIsRevokedAndNothingIsAskedAnyMore() {
    VaultClient client = open(builder(role()));
    read(client);
    client.close();
    client.close();

    assertThat(vault.tokens.keySet()).containsExactly(FakeVault.ROOT);
    assertThat(vault.count(REVOKE)).isEqualTo(1);
    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenTheTokenIsTheHosts_thenItIsNotRevoked() {
    VaultClient client = root();
    assertThat(read(client)).isPresent();
    client.close();

    assertThat(vault.count(REVOKE)).isZero();
    assertThat(vault.count(RENEW)).isZero();
  }

  @Test
  void whenTheHostsTokenHasALife_thenItIsRenewed() {
    String token = vault.newToken();
    VaultClient client = open(builder(VaultLogin.token(() -> Secret.of(token))));
    read(client);
    vault.clock.advance(Duration.ofMinutes(45));
    read(client);

    assertThat(vault.count(RENEW)).isEqualTo(1);
    assertThat(vault.count(LOOK_UP)).isEqualTo(1);
  }

  @Test
  void whenTheHostSuppliesAFreshToken_thenItIsUsedAfterTheOldOneEnded() {
    AtomicReference<String> token = new AtomicReference<>(vault.newToken());
    VaultClient client = open(builder(VaultLogin.token(() -> Secret.of(token.get()))));
    read(client);
    vault.clock.advance(Duration.ofHours(2));

    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.AUTHENTICATION);
    token.set(vault.newToken());
    assertThat(read(client)).isPresent();
  }

  @Test
  void whenATokenHasCharactersOfNoToken_thenItIsRefusedBeforeItIsSent() {
    VaultClient client = open(builder(VaultLogin.token(() -> Secret.of("canary\r\nX-Other: 1"))));

    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.AUTHENTICATION);
    assertThat(vault.requests).isEmpty();
  }

  @Test
  void whenTheSecretIdIsWrapped_thenItIsUnwrappedOnceAndKept() {
    String wrapping = vault.wrap(Map.of("secret_id", vault.secretId));
    VaultClient client =
        open(builder(VaultLogin.wrappedAppRole("approle", FakeVault.ROLE, Secret.of(wrapping))));
    read(client);
    vault.clock.advance(Duration.ofHours(2));

    assertThat(read(client)).isPresent();
    assertThat(vault.count("POST sys/wrapping/unwrap")).isEqualTo(1);
    assertThat(vault.count(LOGIN)).isEqualTo(2);
  }

  @Test
  void whenTheLoginIsWrapped_thenItsTokenIsUsedAndRevoked() {
    VaultClient client = open(builder(VaultLogin.wrappedToken(Secret.of(vault.wrapLogin()))));

    assertThat(read(client)).isPresent();
    client.close();
    assertThat(vault.tokens.keySet()).containsExactly(FakeVault.ROOT);
  }

  @Test
  void whenAWrappedTokenHasEnded_thenNobodyIsSaidToHaveStolenIt() {
    VaultClient client = open(builder(VaultLogin.wrappedToken(Secret.of(vault.wrapLogin()))));
    read(client);
    vault.clock.advance(Duration.ofHours(2));

    assertThatThrownBy(() -> read(client))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION))
        .hasMessageContaining("has ended")
        .hasMessageNotContaining("theft");
    assertThat(vault.count("POST sys/wrapping/unwrap")).isEqualTo(1);
  }

  @Test
  void whenASecretOrALoginIsUnwrapped_thenItsFieldsAreThere() {
    VaultClient client = root();

    assertThat(client.unwrap(Secret.of(vault.wrapSecret(Map.of("value", "s3cr3t")))))
        .containsExactly(Map.entry("value", Secret.of("s3cr3t")));
    assertThat(client.unwrap(Secret.of(vault.wrapLogin()))).containsKey("client_token");
    assertThat(code(() -> client.unwrap(Secret.of(vault.wrap(Map.of())))))
        .isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenAWrappingWasOpenedBefore_thenItIsAuthenticationAndNotTriedAgain() {
    String wrapping = vault.wrap(Map.of("password", "s3cr3t", "n", ""));
    VaultClient client = root();

    Map<String, Secret> fields = client.unwrap(Secret.of(wrapping));
    assertThat(fields).containsOnlyKeys("password");
    assertThat(fields.toString()).doesNotContain("s3cr3t");
    assertThat(code(() -> client.unwrap(Secret.of(wrapping)))).isEqualTo(ErrorCode.AUTHENTICATION);
    assertThat(vault.count("POST sys/wrapping/unwrap")).isEqualTo(2);
  }

  @Test
  void whenUnwrappingBreaksOff_thenItIsNotRepeated() {
    vault.failAlways("POST sys/wrapping/unwrap", FakeVault.truncated());
    VaultClient client = root();

    assertThat(code(() -> client.unwrap(Secret.of("hvs.canary"))))
        .isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(vault.count("POST sys/wrapping/unwrap")).isEqualTo(1);
  }

  @Test
  void whenTheLoginAnswersNonsense_thenThereIsNoToken() {
    VaultClient client = open(builder(role()));
    vault.failAlways(
        LOGIN, FakeVault.raw(200, "application/json", "{\"auth\":{\"lease_duration\":60}}"));
    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    vault.failAlways(
        LOGIN, FakeVault.raw(200, "application/json", "{\"auth\":{\"client_token\":\"canary\"}}"));
    assertThat(code(() -> read(client))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);

    vault.fault = request -> Optional.empty();
    assertThat(read(client)).isPresent();
  }

  @Test
  void whenManyThreadsStart_thenOneLogsIn() throws Exception {
    VaultClient client = open(builder(role()));

    assertThat(together(() -> read(client))).hasSize(THREADS).allMatch(Optional::isPresent);
    assertThat(vault.count(LOGIN)).isEqualTo(1);
  }

  @Test
  void whenManyThreadsMeetADueToken_thenOneRenewsAndTheOthersGoOnWithIt() throws Exception {
    VaultClient client = open(builder(role()));
    read(client);
    vault.clock.advance(Duration.ofMinutes(45));
    CountDownLatch othersAreDone = new CountDownLatch(THREADS - 1);
    vault.fault = request -> {
      // The renewal is answered when all others have read: they did not wait for it.
      return request.line().equals(RENEW)
          ? Optional.of(exchange -> {
            othersAreDone.await();
            FakeVault.raw(500, "text/html", "<html>").write(exchange);
          })
          : Optional.empty();
    };
    List<Optional<Secret>> all = together(() -> {
      Optional<Secret> secret = read(client);
      othersAreDone.countDown();
      return secret;
    });

    assertThat(all).allMatch(Optional::isPresent);
    assertThat(vault.count(LOGIN)).isEqualTo(1);
  }

  @Test
  void whenManyThreadsWaitForALoginThatFails_thenTheServerIsAskedOnceForAll() throws Exception {
    CountDownLatch allAsk = new CountDownLatch(1);
    vault.failAlways(LOGIN, exchange -> {
      allAsk.await();
      FakeVault.error(500, "internal error").write(exchange);
    });
    VaultClient client = open(builder(role()).attempts(1));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Thread> askers = new java.util.concurrent.CopyOnWriteArrayList<>();
      List<Future<ErrorCode>> codes = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        codes.add(threads.submit(() -> {
          askers.add(Thread.currentThread());
          try {
            client.keepAlive();
            return ErrorCode.UNKNOWN;
          } catch (QilinException e) {
            return e.code();
          }
        }));
      }
      Await.until(
          "all but one wait for that one's login",
          () ->
              askers.stream().filter(VaultLoginTest::waitsForAnothersLogin).count() == THREADS - 1);
      allAsk.countDown();
      for (Future<ErrorCode> code : codes) {
        assertThat(code.get(1, TimeUnit.MINUTES)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(vault.count(LOGIN)).isEqualTo(1);
  }

  /** By its stack: a thread may wait for many other things on its way there. */
  private static boolean waitsForAnothersLogin(Thread thread) {
    StackTraceElement[] frames = thread.getStackTrace();
    for (int i = 1; i < frames.length; i++) {
      if (frames[i].getClassName().equals(VaultSession.class.getName())
          && frames[i - 1].getClassName().equals(CompletableFuture.class.getName())) {
        return frames[i - 1].getMethodName().equals("get");
      }
    }
    return false;
  }

  @Test
  void whenInterruptedDuringALogin_thenItIsCancelledAndTheFlagStays() {
    vault.failAlways(LOGIN, vault.silence());
    VaultClient client = open(builder(role()));
    Thread.currentThread().interrupt();
    try {
      assertThat(code(client::keepAlive)).isEqualTo(ErrorCode.CANCELLED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    vault.fault = request -> Optional.empty();
    assertThat(read(client)).isPresent();
  }

  private static <T> List<T> together(Callable<T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(THREADS);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(threads.submit(() -> {
          start.countDown();
          start.await();
          return call.call();
        }));
      }
      List<T> all = new ArrayList<>();
      for (Future<T> future : futures) {
        all.add(future.get(1, TimeUnit.MINUTES));
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }
}
