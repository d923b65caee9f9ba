#!/bin/sh
# Runs a migration between its two announcements and ends with the verdict's exit code: 0 PASS, 1 FAIL, 3 INCONCLUSIVE.
#
#   ALLCLEAR_URL=https://allclear.example ALLCLEAR_DATABASE=shop ./verify-migration.sh flyway migrate
#
# Needs curl 7.76 or newer. ALLCLEAR_TOKEN: the console's token. ALLCLEAR_TOOL: which tool it is. ALLCLEAR_RUN_ID: a name for this
# run. ALLCLEAR_REPORT: where to put the report in Markdown, such as $GITHUB_STEP_SUMMARY.
set -eu
: "${ALLCLEAR_URL:?where the console is}" "${ALLCLEAR_DATABASE:?the database, as the configuration names it}"
[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARG]..." >&2; exit 2; }

run="${ALLCLEAR_RUN_ID:-$(date -u +%Y%m%d-%H%M%S)-$$}"
tool="${ALLCLEAR_TOOL:+,\"tool\":\"$ALLCLEAR_TOOL\"}"

# The token goes through a file that only we can read: arguments are shown to everybody on the machine.
umask 077
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if [ -n "${ALLCLEAR_TOKEN:-}" ]; then printf 'authorization: Bearer %s\n' "$ALLCLEAR_TOKEN"; fi > "$work/headers"

ask() { # ask PATH [CURL OPTION]...
  path="$1"; shift
  curl --silent --show-error --fail-with-body --max-time 660 --retry 3 -H "@$work/headers" "$@" "$ALLCLEAR_URL/v1/$path"
}
tell() { ask "migrations/$run/$1" -H 'content-type: application/json' --data "$2"; }

# Answers when every check has measured what "before" is, or after 30 seconds.
tell "started?wait=30s" "{\"database\":\"$ALLCLEAR_DATABASE\"$tool}" > "$work/started"
echo "allclear: run $run announced" >&2
list() { sed -n "s/.*\"$1\":\[\([^]]*\)\].*/\1/p" "$work/started"; }
[ -z "$(list missing)" ] || echo "allclear: no \"before\" of $(list missing); what needs it will be unproven" >&2

code=0
"$@" || code=$?
tell completed "{\"database\":\"$ALLCLEAR_DATABASE\"$tool,\"exitCode\":$code,\"awaitedBaselines\":[$(list captured)]}" > /dev/null

ask "runs/$run/verdict?wait=10m&database=$ALLCLEAR_DATABASE" > "$work/verdict"
[ -z "${ALLCLEAR_REPORT:-}" ] || ask "runs/$run/report.md?database=$ALLCLEAR_DATABASE" >> "$ALLCLEAR_REPORT"
final="$(grep -o '"final":[a-z]*' "$work/verdict" | head -n 1)"
decision="$(grep -o '"decision":"[A-Z]*"' "$work/verdict" | head -n 1 | cut -d '"' -f 4)"
[ "$final" = '"final":true' ] || decision=INCONCLUSIVE
echo "allclear: $decision" >&2
case "$decision" in
  PASS) exit 0 ;;
  FAIL) exit 1 ;;
  *) exit 3 ;;
esac
