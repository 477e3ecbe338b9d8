// Vietnamese words of giving the history away.

export const viHistory = {
  'history-export.table': 'Lưu lịch sử (CSV)…',
  'history-export.chain': 'Lưu lịch sử có mã băm (JSON)…',
  'history-export.done': 'Đã lưu {rows} dòng lịch sử. Mã băm cuối: {hash}…',
} as const;
