package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a client gets its token. Logs in at the first request and whenever the token has ended and cannot be renewed. Prints without
 * secrets. One login serves one client.
 */
public final class VaultLogin {
  /** Gets a token. */
  private interface Way {
    Lease go(VaultHttp http, Clock clock);
  }

  private final String name;
  private final Way way;

  private VaultLogin(String name, Way way) {
    this.name = name;
    this.way = way;
  }

  /**
   * With a token that the host has. It is renewed if it can be, and never revoked: it is the host's.
   *
   * @param token asked again when the token has ended, so that it may come from a file that an agent keeps fresh
   */
  public static VaultLogin token(Supplier<Secret> token) {
    Objects.requireNonNull(token, "token");
    return new VaultLogin("token", (http, clock) -> lookUp(asked(token, "token"), http, clock));
  }

  /**
   * By AppRole at the mount {@code approle}. The token is revoked when the client is closed.
   *
   * @param secretId asked at each login, so that it can be changed
   * @throws QilinException INVALID_ARGUMENT for an empty role id
   */
  public static VaultLogin appRole(String roleId, Supplier<Secret> secretId) {
    return appRole("approle", roleId, secretId);
  }

  /** {@link #appRole(String, Supplier)} at another mount. */
  public static VaultLogin appRole(String mount, String roleId, Supplier<Secret> secretId) {
    VaultPath.mount(mount);
    Objects.requireNonNull(secretId, "secretId");
    if (roleId.isBlank()) {
      throw QilinException.invalid("an AppRole login has a role id");
    }
    return new VaultLogin(
        "AppRole at " + mount,
        (http, clock) -> appRole(mount, roleId, asked(secretId, "secret id"), http, clock));
  }

  /**
   * By AppRole with a secret id that came wrapped: it is unwrapped at the first login, which no other can have done before, and
   * kept for later ones.
   */
  public static VaultLogin wrappedAppRole(String mount, String roleId, Secret wrappingToken) {
    VaultPath.mount(mount);
    Objects.requireNonNull(wrappingToken, "wrappingToken");
    if (roleId.isBlank()) {
      throw QilinException.invalid("an AppRole login has a role id");
    }
    AtomicReference<@Nullable Secret> kept = new AtomicReference<>();
    return new VaultLogin("AppRole at " + mount, (http, clock) -> {
      Secret secretId = kept.get();
      if (secretId == null) {
        secretId = secret(unwrap(wrappingToken, http).data().at("secret_id"), "secret_id");
        kept.set(secretId);
      }
      return appRole(mount, roleId, secretId, http, clock);
    });
  }

  /**
   * With a token that came wrapped, for example of a login that a trusted host made. It is revoked when the client is closed. When
   * it has ended and cannot be renewed, requests are AUTHENTICATION: a wrapping is opened once.
   */
  public static VaultLogin wrappedToken(Secret wrappingToken) {
    Objects.requireNonNull(wrappingToken, "wrappingToken");
    AtomicBoolean opened = new AtomicBoolean();
    return new VaultLogin("wrapped token", (http, clock) -> {
      if (opened.get()) {
        throw new QilinException(
            ErrorCode.AUTHENTICATION,
            "the token that came wrapped has ended, and a wrapping is opened once; build a client"
                + " with a new one");
      }
      Instant asked = clock.instant();
      Answer answer = unwrap(wrappingToken, http);
      opened.set(true);
      return issued(answer, asked);
    });
  }

  Lease login(VaultHttp http, Clock clock) {
    return way.go(http, clock);
  }

  private static Secret asked(Supplier<Secret> supplier, String what) {
    Secret secret;
    try {
      secret = supplier.get();
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      // Its message and causes may hold the secret, so they are not passed on.
      throw new QilinException(
          ErrorCode.SECRET_UNAVAILABLE,
          "the supplier of the " + what + " for Vault threw " + e.getClass().getSimpleName());
    }
    if (secret == null) {
      throw new QilinException(
          ErrorCode.SECRET_UNAVAILABLE, "the supplier of the " + what + " for Vault gave null");
    }
    return secret;
  }

  private static Lease lookUp(Secret token, VaultHttp http, Clock clock) {
    Instant asked = clock.instant();
    Call call = Call.get("looking up the token", "auth/token/lookup-self");
    Answer answer = http.send(call, token);
    if (answer.status() == 403) {
      throw new QilinException(
          ErrorCode.AUTHENTICATION,
          "Vault refuses the token: it is wrong, ended or revoked, or its policies do not allow"
              + " auth/token/lookup-self, which the policy 'default' does; supply another");
    }
    Json data = answer.good(call).data();
    long seconds = data.at("ttl").whole().orElseThrow(() -> Answer.nonsense(call, "ttl"));
    return Lease.of(token, seconds, data.at("renewable").isTrue(), false, asked);
  }

  private static Lease appRole(
      String mount, String roleId, Secret secretId, VaultHttp http, Clock clock) {
    Instant asked = clock.instant();
    try (JsonBody body = new JsonBody()) {
      body.text("role_id", roleId).text("secret_id", secretId.reveal());
      Call call = Call.post("the AppRole login at " + mount, "auth/" + mount + "/login", body);
      Answer answer = http.send(call);
      if (answer.status() == 400 || answer.status() == 403) {
        throw new QilinException(
            ErrorCode.AUTHENTICATION,
            "Vault refuses the AppRole login at " + mount
                + ": the role id or the secret id is wrong, used up or ended; issue a new secret id");
      }
      return issued(answer.good(call), asked);
    }
  }

  private static Answer unwrap(Secret wrappingToken, VaultHttp http) {
    return unwrap(wrappingToken, http, "unwrapping the login");
  }

  /** Opens a wrapping, which can be done once: a failure may have used it up. */
  static Answer unwrap(Secret wrappingToken, VaultHttp http, String what) {
    try (JsonBody body = new JsonBody()) {
      Call call = Call.post(what, "sys/wrapping/unwrap", body);
      Answer answer = http.send(call, wrappingToken);
      if (answer.status() == 400 || answer.status() == 403) {
        throw new QilinException(
            ErrorCode.AUTHENTICATION,
            "Vault refuses the wrapping token: it ended, or somebody unwrapped it before; take that"
                + " for a theft until it is explained, and have what it held issued anew");
      }
      return answer.good(call);
    }
  }

  private static Lease issued(Answer answer, Instant asked) {
    Json auth = answer.json().at("auth");
    long seconds = auth.at("lease_duration").whole().orElseThrow(() -> missing("lease_duration"));
    Secret token = secret(auth.at("client_token"), "client_token");
    return Lease.of(token, seconds, auth.at("renewable").isTrue(), true, asked);
  }

  private static Secret secret(Json value, String name) {
    return value
        .text()
        .filter(text -> !text.isEmpty())
        .map(Secret::of)
        .orElseThrow(() -> missing(name));
  }

  private static QilinException missing(String name) {
    return new QilinException(
        ErrorCode.SECRET_UNAVAILABLE,
        "the answer to the login at Vault has no " + name + "; check the address and the mount");
  }

  /** For example {@code VaultLogin[AppRole at approle]}. */
  @Override
  public String toString() {
    return "VaultLogin[" + name + "]";
  }
}
