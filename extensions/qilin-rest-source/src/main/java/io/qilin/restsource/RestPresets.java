package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The specs that come with Qilin. Their files say for each fact what it rests on, and what could not be confirmed. */
public final class RestPresets {
  private RestPresets() {}

  /** Read once, when it is first asked for. */
  private static final class Tushare {
    private static final RestSpec SPEC = read("tushare.yaml");
  }

  /** Read once, when it is first asked for. */
  private static final class AkTools {
    private static final RestSpec SPEC = read("aktools.yaml");
  }

  /**
   * TuShare Pro: {@code POST} of an {@code api_name} with a token, by its published documents. Serves daily bars with
   * adjustment factors, status notices, order flows with margin lending, seats of the Dragon-Tiger list, reports, news,
   * dividends and minute bars, as far as the token's points allow. Not confirmed: {@code https://}; its documents and its
   * own client say {@code http://}.
   */
  public static RestSpec tushare() {
    return Tushare.SPEC;
  }

  /**
   * AKTools, the HTTP face of AKShare, on this machine: daily bars by {@code stock_zh_a_hist}. AKTools builds Python code
   * from the parameters of a request, so it belongs on loopback only.
   */
  public static RestSpec aktools() {
    return AkTools.SPEC;
  }

  private static RestSpec read(String name) {
    try (InputStream in = RestPresets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new QilinException(ErrorCode.INVALID_CONFIGURATION, name + " is not in the jar");
      }
      return RestSpec.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, name + " cannot be read", e);
    }
  }
}
