package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Opens a source as settings say. */
final class RestSettings {
  private static final List<String> COMMON = List.of(
      "baseUrl",
      "plainHttp",
      "token",
      "tokenFile",
      "secret",
      "symbols",
      "firstDay",
      "now",
      "maxBytes",
      "maxRows",
      "maxRequests",
      "requestTime",
      "queryTime",
      "requestsPerMinute");

  private final Map<String, String> settings;
  private final Optional<SecretProvider> secrets;

  RestSettings(Map<String, String> settings, Optional<SecretProvider> secrets, List<String> more) {
    this.settings = Map.copyOf(settings);
    this.secrets = secrets;
    List<String> known = new ArrayList<>(COMMON);
    known.addAll(more);
    for (String name : settings.keySet()) {
      if (!known.contains(name)) {
        throw wrong("there is no setting " + QilinException.quote(name)
            + NearestName.hint(name, known) + "; the settings are " + known);
      }
    }
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /** A file that a setting names. */
  Path path(String name, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw wrong("the setting " + name + " is no path");
    }
  }

  /** The source of a spec, with what the settings change. */
  RestSource open(RestSpec spec, String id) {
    RestSpec changed = inSetting("of the spec", () -> changed(spec, id));
    Clock clock = find("now")
        .map(text -> parsed("now", () -> Clock.fixed(Instant.parse(text), ZoneOffset.UTC)))
        .orElseGet(Clock::systemUTC);
    RestSource.Builder source = RestSource.builder(changed, clock, System::nanoTime);
    secret().ifPresent(source::secret);
    find("symbols").ifPresent(text -> source.symbols(inSetting("symbols", () -> symbols(text))));
    find("firstDay")
        .ifPresent(text -> source.firstDay(parsed("firstDay", () -> LocalDate.parse(text))));
    return source.open();
  }

  private RestSpec changed(RestSpec spec, String id) {
    RestSpec.Builder builder = spec.toBuilder().id(id);
    find("baseUrl").ifPresent(text -> {
      try {
        builder.base(URI.create(text));
      } catch (IllegalArgumentException e) {
        throw wrong("the setting baseUrl is no address; write for example https://api.example.com");
      }
    });
    find("plainHttp").ifPresent(text -> builder.plainHttp(flag("plainHttp", text)));
    find("requestsPerMinute")
        .ifPresent(text ->
            builder.rate(new RestRate(whole("requestsPerMinute", text), Duration.ofMinutes(1))));
    RestLimits limits = spec.limits();
    builder.limits(new RestLimits(
        find("maxBytes").map(text -> whole("maxBytes", text)).orElse(limits.bytes()),
        find("maxRows").map(text -> whole("maxRows", text)).orElse(limits.rows()),
        limits.columns(),
        find("maxRequests").map(text -> whole("maxRequests", text)).orElse(limits.requests()),
        find("requestTime").map(text -> time("requestTime", text)).orElse(limits.requestTime()),
        find("queryTime").map(text -> time("queryTime", text)).orElse(limits.queryTime())));
    return builder.build();
  }

  private Optional<Secret> secret() {
    if (List.of("token", "tokenFile", "secret").stream()
            .filter(settings::containsKey)
            .count()
        > 1) {
      throw wrong("give one of the settings token, tokenFile and secret");
    }
    if (settings.containsKey("secret")) {
      String name = settings.get("secret");
      SecretProvider keeper =
          secrets.orElseThrow(() -> wrong("the setting secret names a secret, but"
              + " this provider was made without a SecretProvider; use withSecrets"));
      return Optional.of(keeper
          .secret(String.valueOf(name))
          .orElseThrow(() -> new QilinException(
              ErrorCode.SECRET_UNAVAILABLE,
              "there is no secret " + QilinException.quote(String.valueOf(name)))));
    }
    Optional<String> text = find("tokenFile")
        .map(name -> SpecFile.read(path("tokenFile", name)).strip())
        .or(() -> find("token"));
    return text.map(kept -> inSetting("token", () -> Secret.of(kept)));
  }

  private static Set<Symbol> symbols(String text) {
    Set<Symbol> symbols = new TreeSet<>();
    for (String name : text.split(",", -1)) {
      symbols.add(Symbol.parse(name.strip()));
    }
    return symbols;
  }

  private static int whole(String name, String text) {
    return parsed(name, () -> Integer.valueOf(text));
  }

  private static Duration time(String name, String text) {
    return parsed(name, () -> Duration.parse(text));
  }

  private static boolean flag(String name, String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong("the setting " + name + " is true or false");
    }
    return text.equals("true");
  }

  private static <T> T parsed(String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DateTimeException | NumberFormatException e) {
      throw wrong("the setting " + name + " cannot be read; the README tells its form");
    }
  }

  private static <T> T inSetting(String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (QilinException e) {
      if (e.code() != ErrorCode.INVALID_ARGUMENT) {
        throw e;
      }
      String message = String.valueOf(e.getMessage());
      throw wrong("the setting " + name + ": " + message.substring(message.indexOf(' ') + 1));
    }
  }

  static QilinException wrong(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
