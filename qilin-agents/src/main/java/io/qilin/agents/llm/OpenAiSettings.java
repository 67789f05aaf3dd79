package io.qilin.agents.llm;

import io.qilin.agents.llm.LlmPreset.AnswerLimit;
import io.qilin.agents.llm.LlmPreset.Thinking;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmModel;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of one model, read and checked. */
record OpenAiSettings(
    LlmModel model,
    URI endpoint,
    String keyName,
    boolean needsKey,
    AnswerLimit answerLimit,
    Thinking thinkingStyle,
    Optional<Boolean> thinking,
    Optional<String> effort,
    Duration connectTimeout,
    Duration idleTimeout,
    int attempts) {
  private static final int MOST_TOKENS = 100_000_000;
  private static final int MOST_ATTEMPTS = 10;

  static OpenAiSettings read(Map<String, String> settings) {
    SettingReader in = new SettingReader(settings);
    LlmPreset preset = LlmPresets.named(in.text("preset").orElse("custom"));
    Optional<Boolean> thinking = in.choice("thinking", "enabled", "disabled");
    if (thinking.isPresent() && preset.thinking() == Thinking.FIXED) {
      throw SettingReader.wrong("the preset " + preset.id() + " knows no setting thinking");
    }
    OpenAiSettings read = new OpenAiSettings(
        model(preset, in, thinking),
        Endpoint.of(
            in.text("base-uri"),
            preset,
            in.choice("insecure-plain-http", "true", "false").orElse(false)),
        in.text("key").orElse(preset.keyName()),
        preset.needsKey(),
        in.choice("answer-limit", "max_tokens", "max_completion_tokens")
            .map(older -> older ? AnswerLimit.MAX_TOKENS : AnswerLimit.MAX_COMPLETION_TOKENS)
            .orElse(preset.answerLimit()),
        preset.thinking(),
        thinking,
        in.text("reasoning-effort"),
        in.time("connect-timeout").orElse(Duration.ofSeconds(5)),
        in.time("idle-timeout").orElse(Duration.ofSeconds(30)),
        in.count("attempts", MOST_ATTEMPTS).orElse(2));
    in.done();
    return read;
  }

  private static LlmModel model(LlmPreset preset, SettingReader in, Optional<Boolean> thinking) {
    String name = in.text("model")
        .orElseThrow(() -> SettingReader.wrong("the setting model is missing: name the model"));
    LlmModel known = preset
        .model(name)
        .orElseGet(() -> new LlmModel(
            preset.id(),
            name,
            LlmPresets.CAUTIOUS,
            LlmPresets.CAUTIOUS_CONTEXT,
            LlmPresets.CAUTIOUS_OUTPUT,
            Optional.empty()));
    Set<LlmCapability> can = in.capabilities("capabilities")
        .orElseGet(() -> thinking.equals(Optional.of(false))
            ? with(known.capabilities(), LlmCapability.TEMPERATURE)
            : known.capabilities());
    Optional<LocalDate> trained = in.day("trained-until").or(known::trainedUntil);
    return new LlmModel(
        preset.id(),
        name,
        can,
        in.count("context-tokens", MOST_TOKENS).orElse(known.contextTokens()),
        in.count("max-output-tokens", MOST_TOKENS).orElse(known.maxOutputTokens()),
        trained);
  }

  private static Set<LlmCapability> with(Set<LlmCapability> some, LlmCapability one) {
    Set<LlmCapability> all = EnumSet.of(one);
    all.addAll(some);
    return all;
  }
}
