-- Uses the language server as in Neovim (0.7 or later), and prints the results as one line of JSON.
local server, metadata, file = vim.env.APQ_SERVER, vim.env.APQ_METADATA, vim.env.APQ_FILE
local result = {}
local ok, problem = pcall(function()
  vim.cmd('edit ' .. file)
  local buffer = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start_client({
    name = 'apq',
    cmd = { 'node', server, '--stdio' },
    init_options = { metadataFile = metadata },
  })
  vim.lsp.buf_attach_client(buffer, id)
  vim.wait(10000, function() return #vim.diagnostic.get(buffer) > 0 end, 20)
  result.codes = vim.tbl_map(function(each) return each.code end, vim.diagnostic.get(buffer))
  local client = vim.lsp.get_client_by_id(id)
  local document = { uri = vim.uri_from_bufnr(buffer) }
  local completion = client.request_sync('textDocument/completion', { textDocument = document, position = { line = 1, character = 10 } }, 10000, buffer)
  result.labels = vim.tbl_map(function(each) return each.label end, completion.result.items)
  local hover = client.request_sync('textDocument/hover', { textDocument = document, position = { line = 0, character = 6 } }, 10000, buffer)
  result.hover = hover.result.contents.value
  local edits = client.request_sync('textDocument/formatting', { textDocument = document, options = { tabSize = 2, insertSpaces = true } }, 10000, buffer)
  vim.lsp.util.apply_text_edits(edits.result, buffer, client.offset_encoding)
  result.lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end)
result.problem = not ok and tostring(problem) or nil
io.stdout:write(vim.fn.json_encode(result) .. '\n')
vim.cmd('qall!')
