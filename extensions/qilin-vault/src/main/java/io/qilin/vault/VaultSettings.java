package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where Vault is and how long it is waited for. */
record VaultSettings(
    URI address,
    Optional<String> namespace,
    Duration timeout,
    int attempts,
    Duration pause,
    int mostBytes,
    boolean plainHttp) {
  VaultSettings {
    boolean http = "http".equalsIgnoreCase(address.getScheme());
    if ((!http && !"https".equalsIgnoreCase(address.getScheme()))
        || address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || !address.getPath().matches("/?")) {
      throw wrong("the address of Vault is like https://vault.example:8200, without user, path and"
          + " query; the one given is not");
    }
    if (http && !plainHttp && !loopback(address.getHost())) {
      throw wrong("the address http://" + address.getHost() + " would send secrets in the clear;"
          + " use https, or allow it with plainHttp()");
    }
    if (namespace.isPresent() && !namespace.get().matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?")) {
      throw wrong("a namespace is like team/project, was " + QilinException.quote(namespace.get()));
    }
    between("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(10));
    between("pause", pause, Duration.ZERO, Duration.ofSeconds(5));
    if (attempts < 1 || attempts > 10) {
      throw wrong("attempts are 1 to 10, were " + attempts);
    }
    if (mostBytes < 1_024 || mostBytes > 64 << 20) {
      throw wrong("mostBytes is 1,024 to 64 MiB, was " + mostBytes);
    }
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw wrong(name + " is " + least + " to " + most + ", was " + value);
    }
  }

  private static boolean loopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static QilinException wrong(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  /** For messages. */
  String place() {
    return "Vault at " + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
  }

  URI uri(String path) {
    return URI.create(address.getScheme() + "://" + address.getRawAuthority() + "/v1/" + path);
  }
}
