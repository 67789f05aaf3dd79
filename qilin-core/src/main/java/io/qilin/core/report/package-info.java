/**
 * Results for people: console tables, charts and one-file pages as text; start with {@link
 * io.qilin.core.report.TextTable} and {@link io.qilin.core.report.HtmlReport}.
 */
@NullMarked
package io.qilin.core.report;

import org.jspecify.annotations.NullMarked;
