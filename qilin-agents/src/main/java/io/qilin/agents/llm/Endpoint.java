package io.qilin.agents.llm;

import io.qilin.api.error.QilinException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where questions are sent: encrypted, unless they stay on this machine or the host accepts that they do not. */
final class Endpoint {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private static final int LAST_PORT = 65_535;

  private Endpoint() {}

  static URI of(Optional<String> setting, LlmPreset preset, boolean plainHttp) {
    URI base = setting
        .map(Endpoint::parse)
        .or(preset::base)
        .orElseThrow(() -> SettingReader.wrong("the setting base-uri is missing: the preset "
            + preset.id() + " does not know the server; give it as https://HOST/v1"));
    check(base, plainHttp);
    String text = base.toString();
    String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return URI.create(trimmed + "/chat/completions");
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // The text may hold a password: it is not repeated, and the cause would.
      throw SettingReader.wrong(
          "the setting base-uri is no URI: something is wrong at character " + e.getIndex());
    }
  }

  private static void check(URI base, boolean plainHttp) {
    if (base.getRawUserInfo() != null) {
      throw SettingReader.wrong(
          "the setting base-uri holds a user or password; keys belong where secrets are kept");
    }
    if (base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
      throw SettingReader.wrong(
          "the setting base-uri is https://HOST[:PORT][/PATH] without ? and #, was "
              + QilinException.quote(base.toString()));
    }
    if (base.getPort() > LAST_PORT || base.getPort() == 0) {
      throw SettingReader.wrong(
          "the port of the setting base-uri is 1 to " + LAST_PORT + ", was " + base.getPort());
    }
    String scheme = lower(base.getScheme());
    boolean encrypted = scheme.equals("https");
    boolean here = LOOPBACK.matcher(lower(base.getHost())).matches();
    if (!encrypted && !(scheme.equals("http") && (here || plainHttp))) {
      throw SettingReader.wrong("the setting base-uri must begin with https, was "
          + QilinException.quote(base.toString())
          + "; http is for this machine only, unless insecure-plain-http=true accepts that key"
          + " and questions can be read on the way");
    }
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
